import type { ChoiceField } from './filter.choices.ts';
import type { TimelineEntry, Verdict, Warning, WorkRelation } from './relation.ts';

/** What a search in a worker's own relations finds. Days `YYYY-MM-DD`, hours `HHMM`, both as in Belgium. */

export interface ListRow {
  periodId: string;
  startDate: string;
  startHour: string | null;
  endDate: string | null;
  endHour: string | null;
  agencyNumber: string;
  agencyName: string | null;
  userKey: string | null;
  /** Name of the directory or as declared; null when only the number is known. */
  userName: string | null;
  userNumber: string | null;
  workerType: string;
  verdict: Verdict;
  cancelled: boolean;
  warnings: Warning[];
}

/** One value of a filter, its name where it has one, and how many relations of the window carry it. */
export interface Facet {
  value: string;
  label: string | null;
  count: number;
}

/** The choices of the filter form, each counted within the window with the other filters left out. */
export type Choices = Record<ChoiceField, Facet[]>;

export interface ListResult {
  rows: ListRow[];
  /** All rows of the filter, whatever the page. */
  total: number;
  facets: Choices;
  /** Within the filter, by what the row's mark says: a cancelled one counts as cancelled only. Adds up to `total`. */
  marks: Record<Verdict | 'cancelled', number>;
  /** Declarations of the window outside temp work. */
  otherSectorCount: number;
}

/** A relation as the calendar needs it. `hours` is null where Dimona holds none. */
export interface CalendarRow {
  periodId: string;
  startDate: string;
  endDate: string | null;
  hours: { start: string; end: string | null } | null;
  agencyNumber: string;
  agencyName: string | null;
  userKey: string | null;
  userName: string | null;
  userNumber: string | null;
  verdict: Verdict;
  cancelled: boolean;
  warnings: Warning[];
  workerType: string;
}

/** A declaration that came in since the last visit, and the relation it speaks of. */
export interface News {
  declaration: TimelineEntry;
  relation: WorkRelation;
}
