import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * In whose name the database is asked. PostgreSQL's own rules (row-level security) show a name no row but its own, whatever a statement asks:
 * the second hold, beside the scope that every query takes. Here a name is only a text of letters and digits; what it opens is said by the
 * policies of the migrations.
 */
const current = new AsyncLocalStorage<{ name: string }>();

/** The portal itself: its jobs, its intake, its commands. Whatever is no visitor's request. */
export const HOUSE = 'house';
/** A visitor of whom nothing is proven yet: tables under a policy answer him with an error. */
export const NOBODY = 'nobody';
const NAME = /^[a-z]+( \d+)?$/;

/** In whose name work that runs now is done. */
export function behalf(): string {
  return current.getStore()?.name ?? HOUSE;
}

/** Does work, and all that follows from it, in a name. */
export function onBehalf<T>(name: string, work: () => T): T {
  return current.run({ name: checked(name) }, work);
}

/** From here on the work under way is done in this name: once it is known who asks. */
export function goOnAs(name: string): void {
  const run = current.getStore();
  if (!run) throw new Error('nothing runs in a name here');
  run.name = checked(name);
}

/** It stands in statements: nothing else may. */
function checked(name: string): string {
  if (!NAME.test(name)) throw new Error('such a name cannot be');
  return name;
}
