import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { follows, judgeNumberChange } from '../../src/workers/number-change.ts';

const judged = (change: string, ...before: string[]) => {
  const replacements = new Map(before.map((one) => one.split('→') as [string, string]));
  const [oldInsz = '', newInsz = ''] = change.split('→');
  return judgeNumberChange({ oldInsz, newInsz }, replacements);
};

describe('a change of number', () => {
  test.each([
    ['A→B', [], 'link'],
    ['A→B', ['A→B'], 'known'],
    ['B→C', ['A→B'], 'link'],
    ['A→B', ['A→B', 'B→C'], 'known'],
    ['A→C', ['A→B', 'B→C'], 'known'],
    ['D→B', ['A→B'], 'link'],
    ['D→B', ['A→B', 'B→C'], 'link'],
    ['A→D', ['A→C', 'D→C'], 'known'],
    ['B→A', ['A→B'], 'circle'],
    ['C→A', ['A→B', 'B→C'], 'circle'],
    ['C→B', ['A→B', 'B→C'], 'circle'],
    ['B→A', ['A→B', 'B→C'], 'circle'],
    ['A→C', ['A→B'], 'contradiction'],
    ['A→D', ['A→B', 'B→C'], 'contradiction'],
  ] as const)('%s after %j: %s', (change, before, answer) => {
    expect(judged(change, ...before)).toBe(answer);
  });

  test('whatever comes in whatever order: every number has one successor, every chain an end, and a second telling is known or as before', () => {
    const letter = fc.constantFrom(...'ABCDEF');
    const changes = fc.array(
      fc.tuple(letter, letter).filter(([a, b]) => a !== b),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(changes, (all) => {
        const replacements = new Map<string, string>();
        for (const [oldInsz, newInsz] of all) {
          const answer = judgeNumberChange({ oldInsz, newInsz }, replacements);
          if (answer === 'link') {
            expect(replacements.has(oldInsz)).toBe(false);
            replacements.set(oldInsz, newInsz);
            expect(judgeNumberChange({ oldInsz, newInsz }, replacements)).toBe('known');
          } else expect(judgeNumberChange({ oldInsz, newInsz }, replacements)).toBe(answer);
          for (const insz of 'ABCDEF') expect(replacements.has(follows(insz, replacements).at(-1) ?? '')).toBe(false);
        }
      }),
    );
  });
});
