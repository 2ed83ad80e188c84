import { noticesPage, unsubscribePage } from '../src/notices/notices.pages.ts';
import { type DeclaredDay, type Shift, typedShift } from '../src/shifts/shift.ts';
import { shiftsPage } from '../src/shifts/shifts.pages.ts';
import type { Lang } from '../src/web/language.ts';
import { TODAY } from './samples.relations.ts';

/** What a worker notes, and what he wants to hear of. */

export const shift = (over: Partial<Shift> = {}): Shift => ({
  id: 'c2hpZnQ',
  day: '2026-11-20',
  agencyName: 'Tempo Interim',
  agencyNumber: '0403449823',
  company: 'De Zwaan',
  startHour: '0800',
  endHour: '1630',
  ...over,
});

export const declaredDay = (over: Partial<DeclaredDay> = {}): DeclaredDay => ({
  periodId: '656309292174',
  startDate: '2026-11-20',
  endDate: '2026-11-20',
  agencyNumber: '0403449823',
  agencyName: 'Tempo Interim',
  userName: 'Brouwerij De Zwaan',
  hours: { start: '0800', end: '1630' },
  cancelled: false,
  ...over,
});

export function noticeSamples(lang: Lang) {
  const known = { agencies: ['Tempo Interim'], companies: ['Brouwerij De Zwaan'] };
  const shifts = [
    shift({ id: 'a', day: '2026-11-18' }),
    shift({ id: 'b', startHour: null, endHour: null }),
    shift({ id: 'c', day: '2026-11-21' }),
    shift({ id: 'd', day: TODAY }),
    shift({ id: 'e', day: '2026-11-25', company: 'Hotel Astrid' }),
  ];
  const declared = [
    declaredDay(),
    declaredDay({ startDate: '2026-11-21', endDate: '2026-11-21', hours: { start: '0900', end: null } }),
  ];
  const shiftFacts = { shifts, declared, typed: typedShift({}), isSent: false, known, said: 'noted', today: TODAY };
  const wrong = typedShift({ day: '2020-01-01', startHour: 'noon' });
  const choices = [
    { kind: 'declared' as const, mail: true, ebox: false, daily: true },
    { kind: 'missing' as const, mail: true, ebox: true, daily: false },
  ];
  return {
    'shifts/list': [
      shiftsPage(lang, shiftFacts),
      shiftsPage(lang, { ...shiftFacts, shifts: [], declared: [], said: 'removed' }),
      shiftsPage(lang, { ...shiftFacts, typed: wrong, isSent: true, said: undefined }),
      shiftsPage(lang, { ...shiftFacts, typed: typedShift({ day: '30/2' }), isSent: true, said: 'full' }),
    ],
    'notices/choices': [
      noticesPage(lang, { choices, address: 'lukasz@example.be', ways: ['mail', 'ebox'], said: 'saved' }),
      noticesPage(lang, { choices: [], address: null, ways: [], said: 'nowhere' }),
    ],
    'notices/unsubscribe': [unsubscribePage(lang, 'c2VjcmV0', false), unsubscribePage(lang, 'c2VjcmV0', true)],
  };
}
