import type { OverviewDocument } from '../../src/overviews/document.ts';

/** A thread's task that does what the document's title says: everything that can go wrong in a thread. */
export default function misbehave({ title }: OverviewDocument): Uint8Array {
  if (title === 'hang') for (;;);
  if (title === 'exit') process.exit(3);
  if (title === 'throw') throw new RangeError('no such row');
  const all: string[][] = [];
  while (title === 'memory') all.push(new Array(100_000).fill(title));
  return new TextEncoder().encode(title);
}
