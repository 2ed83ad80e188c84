/** A seeded source of chance: the same seed gives the same numbers on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** About 0, spread 1 (the normal curve). */
  normal(): number;
}

const TWO32 = 4_294_967_296;

/** @param seed what the numbers hang on, in order: a seed, a purpose, a counter. */
export function randomOf(...seed: (string | number)[]): Random {
  let [a, b, c, d] = mixed(seed.join('/'));
  // sfc32 (Chris Doty-Humphrey, PractRand): small, fast and good enough for histories nobody bets on.
  function next(): number {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / TWO32;
  }
  for (let warm = 0; warm < 8; warm++) next();
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (share) => next() < share,
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** FNV-1a over the text, stirred into four words. */
function mixed(text: string): [number, number, number, number] {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  const word = (salt: number) => {
    let h = Math.imul(hash ^ salt, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) | 0;
  };
  return [word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162), 1];
}
