import type pg from 'pg';
import { type Broken, chainOf, type Link } from './chain.ts';

/** What a seal says of a row; written here once more, so that a changed function of the database cannot vouch for itself. */
const TEXT = `jsonb_build_array(r.id, extract(epoch from r.at), r.actor_kind, r.actor_insz, r.actor_agency, r.actor_client, r.subject_insz,
  to_jsonb(r.subjects), r.purpose, r.channel, r.detail, r.result_count, r.request_id)::text`;

const CHAIN = `
  declare chain no scroll cursor for
  select s.number, extract(epoch from s.sealed_at)::text as sealed_at, s.seal, s.access_id, s.at, to_char(s.anchor_month, 'YYYY-MM') as anchor_month,
    s.anchor_number, s.anchor_seal, a.seal as anchor_stands, case when r.id is not null then ${TEXT} end as text
  from access_seals s
    left join access_rows r on r.id = s.access_id and r.at = s.at
    left join access_seals a on a.month = s.anchor_month and a.number = s.anchor_number
  where s.month = $1 order by s.number`;

/** A row that was put there without the portal, or one that was taken away before it was sealed. */
const BESIDE = `
  select r.id::text as row, r.at, 'was put there by another way: it was never given to be sealed' as what from access_rows r
  where not exists (select from access_seals s where s.access_id = r.id and s.at = r.at)
    and not exists (select from access_unsealed u where u.id = r.id and u.at = r.at)
  union all
  select u.id::text, u.at, 'was removed before it was sealed' from access_unsealed u
  where not exists (select from access_rows r where r.id = u.id and r.at = u.at)
  union all
  select r.id::text, r.at, 'was changed before it was sealed' from access_unsealed u join access_rows r on r.id = u.id and r.at = u.at
  where u.digest <> sha256(convert_to(${TEXT}, 'UTF8'))
  order by 2, 1 limit 1`;

const PAGE = 2_000;

interface Row {
  number: string;
  sealed_at: string;
  seal: Buffer;
  access_id: string | null;
  at: string;
  anchor_month: string;
  anchor_number: string;
  anchor_seal: Buffer;
  anchor_stands: Buffer | null;
  text: string | null;
}

export type Verified =
  | { sound: true; heads: { month: string; number: number; seal: Buffer }[]; waiting: number }
  | { sound: false; broken: Broken };

/**
 * Walks every chain as it stands at one moment, in bounded memory, and looks for rows beside them.
 * @param noted a head that was written down before: it must still be a link of its chain
 * @param oldest the first month (`YYYY-MM`) that is still kept
 */
export async function verifyAccess(
  client: pg.ClientBase,
  { noted, oldest }: { noted: { month: string; number: number; seal: Buffer } | null; oldest: string },
): Promise<Verified> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const heads = [];
    const { rows: months } = await client.query<{ month: string }>(
      'select distinct month::text from access_seals order by 1',
    );
    for (const { month } of months) {
      const walked = await walk(client, month, oldest);
      if ('what' in walked) return { sound: false, broken: walked };
      heads.push(walked);
    }
    const broken = (noted && (await unlikeNoted(client, noted))) ?? (await beside(client));
    if (broken) return { sound: false, broken };
    const { rows } = await client.query<{ n: string }>('select count(*) as n from access_unsealed');
    return { sound: true, heads, waiting: Number(rows[0]?.n) };
  } finally {
    await client.query('rollback');
  }
}

async function walk(client: pg.ClientBase, month: string, oldest: string) {
  const chain = chainOf(month.slice(0, 7), (of) => of < oldest);
  await client.query(CHAIN, [month]);
  try {
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${PAGE} from chain`);
      for (const row of rows) {
        const broken = chain.next(linkOf(row));
        if (broken) return (await movedNotGone(client, broken)) ?? broken;
      }
      if (rows.length < PAGE) return chain.head();
    }
  } finally {
    await client.query('close chain');
  }
}

function linkOf(row: Row): Link {
  return {
    number: Number(row.number),
    sealedAt: row.sealed_at,
    seal: row.seal,
    about:
      row.access_id === null
        ? {
            month: row.anchor_month,
            number: Number(row.anchor_number),
            seal: row.anchor_seal,
            stands: row.anchor_stands,
          }
        : { row: row.access_id, at: row.at, text: row.text },
  };
}

/** A row that is not where it was sealed, but is there, was given another instant. */
async function movedNotGone(client: pg.ClientBase, broken: Broken): Promise<Broken | null> {
  if (broken.row === null || broken.what !== 'was removed') return null;
  const { rowCount } = await client.query('select from access_rows where id = $1', [broken.row]);
  return rowCount ? { ...broken, what: 'was changed: its instant is another one' } : null;
}

async function unlikeNoted(
  client: pg.ClientBase,
  { month, number, seal }: { month: string; number: number; seal: Buffer },
): Promise<Broken | null> {
  const { rows } = await client.query<{ seal: Buffer }>(
    'select seal from access_seals where month = $1 and number = $2',
    [`${month}-01`, number],
  );
  if (rows[0]?.seal.equals(seal)) return null;
  return { month, row: null, what: `link ${number} is not the one that was noted` };
}

async function beside(client: pg.ClientBase): Promise<Broken | null> {
  const { rows } = await client.query<{ row: string; at: string; what: string }>(BESIDE);
  const [found] = rows;
  return found ? { month: String(found.at).slice(0, 7), row: found.row, what: found.what } : null;
}
