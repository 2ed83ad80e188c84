import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Attempts,
  attemptsKey,
  blockMinutes,
  counted,
  FAILURES_PER_MINUTE,
  failedFrom,
  isBlocked,
  mustWait,
  NO_ATTEMPTS,
  networkOf,
  takenBack,
} from '../../src/identity/attempts.ts';

const START = Date.parse('2026-11-23T09:00:00Z');
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();

/** Tries wrong entries at these minutes; @returns at which of them an entry was looked at. */
function looks(minutes: number[]): number[] {
  let known: Attempts = NO_ATTEMPTS;
  return minutes.filter((minute) => {
    if (isBlocked(known, at(minute))) return false;
    known = counted(known, at(minute));
    return true;
  });
}

describe('wrong entries', () => {
  it('block at the fifth in a row for 15 minutes, then 30, 60, … up to a day', () => {
    let known: Attempts = NO_ATTEMPTS;
    let now = 0;
    const blocks: number[] = [];
    for (let n = 0; n < 50; n++) {
      known = counted(known, at(now));
      if (!isBlocked(known, at(now))) continue;
      const minutes = (Date.parse(known.blockedUntil ?? '') - Date.parse(at(now))) / 60_000;
      blocks.push(minutes);
      expect(isBlocked(known, at(now + minutes - 0.01))).toBe(true);
      now += minutes;
      expect(isBlocked(known, at(now))).toBe(false);
    }
    expect(blocks).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]);
  });

  it('whatever their rhythm, never more than five are looked at in 15 minutes, nor sixty in a day', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 400 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let minute = 0;
        const seen = looks(steps.map((gap) => (minute += gap)));
        for (const from of seen) {
          expect(seen.filter((one) => one >= from && one < from + 15).length).toBeLessThanOrEqual(9);
          expect(seen.filter((one) => one >= from && one < from + 1440).length).toBeLessThanOrEqual(45);
        }
      }),
    );
  });

  it('all at once, only five are looked at', () => {
    expect(looks(Array(1_000).fill(0))).toHaveLength(5);
  });

  it('are taken back when they were right, with the block that they led to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (before) => {
        const known = { wrong: before, at: at(0), blockedUntil: null };
        const after = takenBack(counted(known, at(1)));
        expect([after.wrong, isBlocked(after, at(1))]).toEqual([before, false]);
      }),
    );
    expect(takenBack(NO_ATTEMPTS).wrong).toBe(0);
  });

  it('that were right before others were wrong free no block that others led to', () => {
    let known: Attempts = NO_ATTEMPTS;
    for (let n = 0; n < 5; n++) known = counted(known, at(0));
    known = takenBack(known); // one of five at once was right: four were wrong
    expect([known.wrong, isBlocked(known, at(0))]).toEqual([4, false]);
    expect(isBlocked(counted(known, at(0)), at(0))).toBe(true);
  });

  it('are forgotten a day after the last one or its block', () => {
    const four = { wrong: 4, at: at(0), blockedUntil: null };
    expect(counted(four, at(24 * 60 - 1)).wrong).toBe(5);
    expect(counted(four, at(24 * 60)).wrong).toBe(1);
    const blocked = { wrong: 35, at: at(0), blockedUntil: at(960) };
    expect(counted(blocked, at(24 * 60)).wrong).toBe(36);
    expect(counted(blocked, at(24 * 60 + 960)).wrong).toBe(1);
    expect(blockMinutes(35)).toBe(960);
  });
});

describe('an address', () => {
  it('waits only above what nobody is stopped below, and only until its minute is over', () => {
    let known: Attempts = NO_ATTEMPTS;
    for (let n = 0; n < FAILURES_PER_MINUTE; n++) {
      expect(mustWait(known, at(0.5)), `after ${n}`).toBe(0);
      known = failedFrom(known, at(n === 0 ? 0 : 0.5));
    }
    expect(FAILURES_PER_MINUTE).toBeGreaterThanOrEqual(40);
    expect(mustWait(known, at(0.5))).toBe(30);
    expect(mustWait(known, at(1))).toBe(0);
    expect(failedFrom(known, at(1)).wrong).toBe(1);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

it('keys tell nothing of what they are made of, and differ by kind', () => {
  const keys = (['account', 'insz', 'address'] as const).map((kind) => attemptsKey(kind, '85073003328', 'secret'));
  expect(new Set(keys.map(String)).size).toBe(3);
  expect(attemptsKey('insz', '85073003328', 'another')).not.toEqual(keys[1]);
});
