import type { Status } from './relation.ts';

/** Where a relation stands on a day in Belgium. */
export function statusOn(
  state: { cancelled: boolean; startDate: string; endDate: string | null },
  day: string,
): Status {
  if (state.cancelled) return 'cancelled';
  if (state.startDate > day) return 'coming';
  return state.endDate !== null && state.endDate < day ? 'ended' : 'current';
}
