import type { Selectable } from 'kysely';
import { instantOfJson } from '../platform/db.records.ts';
import { LAST_DAY, type RelationsTable } from '../platform/tables.ts';
import type { Asked } from './declarations.asked.ts';
import type { Answered, Known } from './declarations.book.ts';
import { type Run, shaped } from './declarations-sql.store.ts';

/** What is known, with the periods that are spoken of as rows of their table. */
export interface Reading extends Omit<Known, 'spoken'> {
  answers: Answered[];
  spoken: Selectable<RelationsTable>[];
}

type Part = 'answers' | 'agencies' | 'numbered' | 'spoken' | 'namesakes';

const SETS: Partial<Record<Part, string>> = {
  agencies: `select enterprise_number, nsso_number from enterprises
    where enterprise_number = any(:enterprises::text[]) or nsso_number = any(:nssos::text[])),
  employers as materialized (select enterprise_number as key, enterprise_number as agency from agencies
    union all select 'nsso ' || nsso_number, enterprise_number from agencies where nsso_number is not null`,
  numbered: `select asked.insz, n.worker_id, asked.first, asked.last, e.agency
    from unnest(:inszs::text[], :employers::text[], :firsts::date[], :lasts::date[]) as asked(insz, employer, first, last)
    join worker_numbers n on n.insz = asked.insz left join employers e on e.key = asked.employer`,
  spoken: `select r.*, asked.first, asked.last
    from unnest(:periods::text[], :periodFirsts::date[], :periodLasts::date[]) as asked(period, first, last)
    join relations r on r.period_id = asked.period`,
  // names are compared by array, so that their index serves
  namesakes: `select worker_id, :first::date as first, :last::date as last from workers w
    where lower(family_name collate "und-x-icu") = any(array(select lower(name collate "und-x-icu") from unnest(:names::text[]) as name))
      and exists (select from relations r where r.worker_id = w.worker_id)`,
};

/** Whose periods are asked, of which days and at which agency: the one named, or the period's own with its days added. */
const ASKED = {
  numbered: 'select worker_id, first, last, agency from numbered where first is not null',
  spoken: `select worker_id, least(first, start_date), greatest(last, coalesce(end_date, 'infinity')), agency_number
    from spoken where first is not null`,
  namesakes: `select worker_id, first, last, enterprise_number from namesakes cross join agencies where first is not null`,
};

const FOUND: Record<Part, string> = {
  answers: `(select json_agg(json_build_object('declarationId', declaration_id, 'sourceKey', source_key, 'fingerprint', fingerprint,
      'periodId', period_id, 'result', result, 'anomalies', anomalies))
    from declarations where declaration_id = any(:ids::text[]) or source_key = any(:keys::text[])) as answers`,
  agencies: '(select json_agg(json_build_array(enterprise_number, nsso_number)) from agencies) as agencies',
  numbered: '(select json_agg(json_build_array(insz, worker_id::text)) from numbered) as numbers',
  spoken: '(select json_agg(spoken) from spoken) as spoken',
  namesakes: '(select count(*) from namesakes) as namesakes',
};

/**
 * Everything the rules may ask in one statement and so at one moment: first answers, agencies, workers with their versions, the periods
 * spoken of, and of the worker, agency and days concerned the live periods, three days around included for the third day in a row.
 * Each set comes as JSON, or null when it is empty.
 */
const read = shaped<Part, Row>((has) => {
  const parts = (['agencies', 'numbered', 'spoken', 'namesakes', 'answers'] as const).filter(has);
  const people = (['numbered', 'spoken', 'namesakes'] as const).filter(has);
  const sets = parts.flatMap((part) => (SETS[part] ? `${part} as materialized (${SETS[part]})` : []));
  const found = parts.map((part) => FOUND[part]);
  if (people.length > 0) {
    const isDeclared = has('namesakes') ? 'exists (select from relations r where r.worker_id = w.worker_id)' : 'false';
    // the days are reckoned before: beside a sum that might fail, no policy lets an index choose. OFFSET 0 has his days asked before the agency,
    // where he may have a hundred periods
    sets.push(`around as materialized (select worker_id, first - 3 as first, last + 3 as last, agency
      from (${people.map((part) => ASKED[part]).join(' union all ')}) as asked(worker_id, first, last, agency))`);
    const ids = people.map((part) => `select worker_id from ${part}`).join(' union all ');
    found.push(`(select json_agg(json_build_array(worker_id::text, insz, version, given_name, family_name, birth_date, ${isDeclared}, awaited))
      from workers w where worker_id = any(array(${ids}))) as persons`);
    found.push(`(select json_agg(json_build_array(r.worker_id::text, r.agency_number, r.period_id, r.worker_type, r.user_key,
        r.start_date, r.start_hour, r.end_date, r.end_hour))
      from around cross join lateral (
        select * from relations r where r.worker_id = around.worker_id and ${LAST_DAY} >= around.first and r.start_date <= around.last offset 0) r
      where r.agency_number = around.agency and not r.cancelled) as near`);
  }
  return `${sets.length > 0 ? `with ${sets.join(', ')}` : ''} select ${found.join(', ')}`;
});

interface Row {
  answers?: Answered[] | null;
  agencies?: [number: string, nsso: string | null][] | null;
  numbers?: [insz: string, workerId: string][] | null;
  persons?: [string, string, number, string | null, string | null, string | null, boolean, boolean][] | null;
  spoken?: (Omit<Selectable<RelationsTable>, 'worker_id'> & { worker_id: number })[] | null;
  near?: [string, string, string, string, string | null, string, string | null, string | null, string | null][] | null;
}

export async function readKnown(run: Run, asked: Asked): Promise<Reading> {
  const [row] = await read(run, partsOf(asked), valuesOf(asked));
  return {
    answers: row?.answers ?? [],
    agencies: (row?.agencies ?? []).map(([enterpriseNumber, nssoNumber]) => ({ enterpriseNumber, nssoNumber })),
    numbers: [...new Map(row?.numbers ?? [])].map(([insz, workerId]) => ({ insz, workerId })),
    persons: (row?.persons ?? []).map(([workerId, insz, version, ...rest]) => {
      const [givenName, familyName, birthDate, isDeclared, isAwaited] = rest;
      return { workerId, insz, version, givenName, familyName, birthDate, isDeclared, isAwaited };
    }),
    spoken: (row?.spoken ?? []).map((period) => ({
      ...period,
      worker_id: String(period.worker_id),
      received_at: instantOfJson(period.received_at),
      due_at: instantOfJson(period.due_at) ?? '',
    })),
    near: (row?.near ?? []).map(([workerId, agencyNumber, periodId, workerType, userKey, ...days]) => {
      const [startDate, startHour, endDate, endHour] = days;
      return { workerId, agencyNumber, periodId, workerType, userKey, startDate, startHour, endDate, endHour };
    }),
  };
}

/** Agencies always: the others refer to them. */
function partsOf({ ids, keys, workers, periods, names }: Asked): Part[] {
  const is: Record<Part, number> = {
    answers: ids.length + keys.length,
    agencies: 1,
    numbered: workers.size,
    spoken: periods.size,
    namesakes: names.length,
  };
  return (Object.keys(is) as Part[]).filter((part) => is[part] > 0);
}

function valuesOf({ ids, keys, enterprises, nssos, workers, periods, names, named }: Asked): Record<string, unknown> {
  const pairs = [...workers.values()];
  const own = {
    inszs: pairs.map(({ insz }) => insz),
    employers: pairs.map(({ employer }) => employer),
    firsts: pairs.map(({ span }) => span?.first ?? null),
    lasts: pairs.map(({ span }) => span?.last ?? null),
  };
  const spoken = {
    periods: [...periods.keys()],
    periodFirsts: [...periods.values()].map((span) => span?.first ?? null),
    periodLasts: [...periods.values()].map((span) => span?.last ?? null),
  };
  const namesakes = { names, first: named?.first ?? null, last: named?.last ?? null };
  return { ids, keys, enterprises, nssos, ...own, ...spoken, ...namesakes };
}
