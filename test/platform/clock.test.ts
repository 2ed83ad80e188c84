import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clockFrom } from '../../src/platform/clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-03-01T12:00:00Z'), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('the clock', () => {
  it('is the machine’s unless told otherwise', () => {
    expect(clockFrom().now()).toBe('2026-03-01T12:00:00Z');
  });

  it('starts where it is told and runs on', () => {
    const clock = clockFrom('2026-11-23T09:00:00Z');
    expect(clock.now()).toBe('2026-11-23T09:00:00Z');
    vi.setSystemTime(new Date('2026-03-01T12:00:01.500Z'));
    expect(clock.now()).toBe('2026-11-23T09:00:01.5Z');
  });

  it('takes an instant with the hour of another zone', () => {
    expect(clockFrom('2026-11-23T10:00:00+01:00').now()).toBe('2026-11-23T09:00:00Z');
  });

  it.each([
    ['winter, a minute before midnight in Belgium', '2026-11-23T22:59:00Z', '2026-11-23'],
    ['winter, midnight in Belgium', '2026-11-23T23:00:00Z', '2026-11-24'],
    ['summer, a minute before midnight in Belgium', '2026-07-01T21:59:00Z', '2026-07-01'],
    ['summer, midnight in Belgium', '2026-07-01T22:00:00Z', '2026-07-02'],
    ['new year', '2025-12-31T23:30:00Z', '2026-01-01'],
  ])('knows the day: %s', (_, now, day) => {
    expect(clockFrom(now).today()).toBe(day);
  });

  it.each([
    ['the short day of March', '2026-03-29T20:00:00Z', 3, '2026-03-30'],
    ['the long day of October', '2026-10-25T21:00:00Z', 3, '2026-10-26'],
  ])('turns the day at midnight, also after %s', (_, start, hours, next) => {
    const clock = clockFrom(start);
    const first = clock.today();
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    expect([first < next, clock.today()]).toEqual([true, next]);
  });
});
