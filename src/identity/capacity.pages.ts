import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { StaffRight } from './visitor.ts';

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

/** As what to act: as the worker himself, or for one of the agencies. `current` is the agency he acts for now, null as himself. */
export function capacityPage(
  lang: Lang,
  held: Capacity[],
  { current, comeBack, name }: { current: string | null; comeBack: string; name: string },
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
    ],
  };
}
