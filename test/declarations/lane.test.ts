import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Lane } from '../../src/declarations/declarations.lane.ts';

interface Item {
  subject: string;
  name: string;
}

/** A lane whose groups end when the test says so. */
function opened() {
  const groups: { names: string[]; end(): void; fail(error: Error): void }[] = [];
  const lane = new Lane<Item, string>(
    10,
    ({ subject }) => [subject],
    (items) =>
      new Promise((resolve, reject) => {
        const names = items.map(({ name }) => name);
        groups.push({ names, end: () => resolve(names), fail: reject });
      }),
  );
  const send = (subject: string, name = subject) => lane.run({ subject, name });
  const several = (from: number, count: number) => Array.from({ length: count }, (_, i) => send(String(from + i)));
  const sent = async () => {
    await setImmediate();
    await setImmediate();
    return groups.map(({ names }) => names.join(' '));
  };
  return { groups, send, several, sent };
}

describe('the lane of the intake', () => {
  it('takes together what came in one turn, and gives each his own', async () => {
    const { groups, several, sent } = opened();
    const results = several(1, 3);
    expect(await sent()).toEqual(['1 2 3']);
    groups[0]?.end();
    expect(await Promise.all(results)).toEqual(['1', '2', '3']);
  });

  it('lets a second group go beside the first once it is worth it, and never a third', async () => {
    const { groups, several, sent } = opened();
    const first = several(1, 1);
    await sent();
    const few = several(2, 6);
    expect(await sent()).toEqual(['1']);
    const more = several(8, 1);
    expect(await sent()).toEqual(['1', '2 3 4 5 6 7 8']);
    const late = several(9, 20);
    expect(await sent()).toHaveLength(2);
    groups[1]?.end();
    expect((await sent())[2]).toBe('9 10 11 12 13 14 15 16 17 18');
    groups[0]?.end();
    groups[2]?.end();
    expect((await sent())[3]).toBe('19 20 21 22 23 24 25 26 27 28');
    groups[3]?.end();
    await Promise.all([...first, ...few, ...more, ...late]);
  });

  it('keeps what concerns one subject in the order in which it came, never in two groups at once', async () => {
    const { groups, send, several, sent } = opened();
    const results = [send('an', 'an1')];
    await sent();
    results.push(send('an', 'an2'), ...several(1, 7), send('an', 'an3'));
    expect(await sent()).toEqual(['an1', '1 2 3 4 5 6 7']);
    groups[0]?.end();
    expect(await sent()).toHaveLength(2);
    groups[1]?.end();
    expect((await sent())[2]).toBe('an2 an3');
    groups[2]?.end();
    await Promise.all(results);
  });

  it('gives a fault of all to those of its group and those who wait, and goes on', async () => {
    const { groups, send, sent } = opened();
    const first = send('1');
    await sent();
    const waiting = send('2');
    groups[0]?.fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await expect(waiting).rejects.toThrow('away');
    const next = send('3');
    expect((await sent())[1]).toBe('3');
    groups[1]?.end();
    expect(await next).toBe('3');
  });
});
