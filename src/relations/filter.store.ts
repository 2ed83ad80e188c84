import { type RawBuilder, sql } from 'kysely';
import type { PersonScope } from '../identity/visitor.ts';
import { LAST_DAY } from '../platform/tables.ts';
import type { ChoiceField } from './filter.choices.ts';
import { type Filter, range } from './filter.ts';

/** The filter in SQL. Whatever it holds, a statement's text is the same, so that each is prepared once: values are always parameters. */

/** A verdict stands in two columns and is told apart below; every other choice has one of the window. */
export type OneColumn = Exclude<ChoiceField, 'verdict'>;

export const COLUMN: Record<OneColumn, string> = {
  type: 'worker_type',
  agency: 'agency_number',
  user: 'user_key',
  committee: 'committee',
};
export const ONE_COLUMN = Object.keys(COLUMN) as OneColumn[];

const windowOf = (more: RawBuilder<unknown>) => sql`
  select r.period_id, r.start_date, r.start_hour, r.end_date, r.end_hour, r.agency_number, r.user_key, r.user_name, r.user_number,
    r.worker_type, r.verdict, r.cancelled, r.warnings,
    case when r.joint_committee = '322' then r.user_joint_committee else r.joint_committee end as committee,
    (r.joint_committee = '322') = $4::boolean as wanted ${more}
  from relations r
  where r.worker_id = $1::bigint and r.start_date <= $3::date and ${sql.raw(LAST_DAY)} >= $2::date`;

/** Of one worker, the rows of the days asked for, both sectors: what counts and choices work on. */
export const WINDOW = windowOf(sql``);
/** The same with each row's place on disk, `ctid`, beside: who wants all of a row reads it there and need not look it up again. */
export const PLACED_WINDOW = windowOf(sql`, r.ctid`);

/** The number of the first choice's parameter. */
const CHOICES_FROM = 9;

const IS_CHOSEN = ONE_COLUMN.map((field, at) => {
  const values = sql.raw(`$${CHOICES_FROM + at}`);
  return sql`(${values}::text[] is null or ${sql.ref(COLUMN[field])} = any(${values}))`;
});

/** Of the window's, the rows that the filter finds; a choice of nothing is null. */
export const CHOSEN = sql`
  wanted and ($5::text[] is null or verdict = any($5) or ($6::boolean and cancelled))
  and ${sql.join(IS_CHOSEN, sql` and `)}`;

/** A page of them; a statement about all says so, and so tells PostgreSQL the parameters' types. */
export const PAGE = sql`limit $7::int offset $8::int`;
export const ALL = sql`$7::int is null and $8::int = 0`;
const PAGE_SIZE = 25;

/** The parameters of every statement made of these parts, in their order. `today` places the window. */
export function parametersOf(scope: PersonScope, filter: Filter, today: string): readonly unknown[] {
  const { from, to } = range(filter, today);
  const { verdict, page, pageSize } = filter;
  const orNull = (values: string[]) => (values.length > 0 ? values : null);
  return [
    scope.workerId,
    from ?? '0001-01-01',
    to ?? '9999-12-31',
    filter.sector === 'temp',
    verdict.length > 0 ? verdict.filter((one) => one !== 'cancelled') : null,
    verdict.includes('cancelled'),
    pageSize === 'all' ? null : PAGE_SIZE,
    pageSize === 'all' ? 0 : (page - 1) * PAGE_SIZE,
    ...ONE_COLUMN.map((field) => orNull(filter[field])),
  ];
}
