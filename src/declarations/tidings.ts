/** Accepted declarations of workers for whom somebody waits, some at a time: what follows from them is one transaction. */
export interface Tidings {
  /** Instant of their intake. */
  at: string;
  declarations: string[];
}

const TOGETHER = 50;

/** Adds a declaration to the last of the tidings, or begins new ones. */
export function told(tidings: Tidings[], declarationId: string, at: string): void {
  const last = tidings.at(-1);
  if (last?.at === at && last.declarations.length < TOGETHER) last.declarations.push(declarationId);
  else tidings.push({ at, declarations: [declarationId] });
}
