import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type StaffRight, SUPPORT } from './visitor.ts';

declare module '../web/views.ts' {
  interface Views {
    'identity/capacity': CapacityPage;
  }
}

export interface CapacityPage {
  title: string;
  w: Words<'capacity'>;
  action: string;
  comeBack: string;
  choices: { value: string; name: string; about: string; current: boolean }[];
}

/** An agency that a person may act for. */
export interface Capacity {
  agencyNumber: string;
  agencyName: string;
  right: StaffRight;
}

/**
 * As what to act: as the worker himself, for one of the agencies, or for the support desk if he is its agent. `current` is the agency he acts
 * for now, or the support desk; null as himself.
 */
export function capacityPage(
  lang: Lang,
  held: Capacity[],
  { current, support, comeBack, name }: { current: string | null; support: boolean; comeBack: string; name: string },
): CapacityPage {
  const w = words(lang, 'capacity');
  return {
    title: w.title,
    w,
    action: paths.CAPACITY,
    comeBack,
    choices: [
      { value: 'worker', name, about: w.worker, current: current === null },
      ...held.map(({ agencyNumber, agencyName, right }) => ({
        value: agencyNumber,
        name: agencyName,
        about: say(lang, `capacity.right.${right}`),
        current: current === agencyNumber,
      })),
      ...(support ? [{ value: SUPPORT, name: w.support, about: w.supportAbout, current: current === SUPPORT }] : []),
    ],
  };
}
