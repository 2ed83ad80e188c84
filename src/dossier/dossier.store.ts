import { sql } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { DossierFile } from './dossier.ts';

/** Names of tables whose rows of a worker are in no file, and why. A test asks the database for the others. */
export const LEFT_OUT: Record<string, string> = {
  notice_bundles: 'notices on their way',
  drafts: 'a form that staff fills in, for two hours',
  report_drafts: 'what was typed and not sent, for a short while',
  address_confirmations: 'a code under way, for a short while',
  verifications: 'what somebody did for his agency',
  support_lookups: 'told by the access rows, with their reason',
  support_agents: 'whom the operator named; he finds it among his capacities',
  merged_workers: 'where keys of ours lead',
};

/**
 * What each file holds, by the worker's key ($1). A room that keeps something of workers adds one line here, one to FILES, and its words.
 * Nothing of somebody else: no number of staff or agents, no secret and no hash of one.
 */
export const ROWS: Record<Exclude<DossierFile, 'relations.json' | 'relations.csv'>, string> = {
  'person.json': `select w.insz, w.given_name, w.family_name, w.birth_date,
      (select json_agg(n.insz order by n.insz) from worker_numbers n where n.worker_id = w.worker_id) as numbers
    from workers w where w.worker_id = $1::bigint`,
  'declarations.json': `select d.declaration_id, d.kind, d.period_id, d.agency_number, d.received_at, d.channel, d.result, d.anomalies, d.content
    from declarations d join relations r on r.period_id = d.period_id
    where r.worker_id = $1::bigint and d.result <> 'B' order by d.seq`,
  'reports.json': `select r.*, (select json_agg(json_build_object('at', e.at, 'kind', e.kind, 'words', e.words,
        'declarationId', e.declaration_id) order by e.event_id) from report_events e where e.report_id = r.report_id) as events
    from (select report_id, kind, period_id, agency_number, agency_name, user_number, user_name, first_day, last_day, start_hour, end_hour,
      note, sent_at, state, due_on, reminded_at, taken_on_at from reports where worker_id = $1::bigint) r order by r.sent_at`,
  'shifts.json': `select day, agency_name, agency_number, company, start_hour, end_hour, made_at, looked_at
    from shifts where worker_id = $1::bigint order by day`,
  'notices.json': `select json_build_object('kind', c.kind, 'mail', c.mail, 'ebox', c.ebox, 'daily', c.daily) as choice, null as sent
      from notice_choices c where c.worker_id = $1::bigint
    union all select null, json_build_object('kind', n.kind, 'channel', n.channel, 'at', n.at, 'about', n.about)
      from notices n where n.worker_id = $1::bigint`,
  'overviews.json': `select overview_id, requested_at, made_at, expires_at, language, filter, sections, full_insz, state, relation_count,
      sha256, initials, covers_from, covers_to, verifiable_until, revoked_at
    from overviews where worker_id = $1::bigint order by requested_at`,
  'deliveries.json': `select overview_id, channel, attach, language, ordered_at, state, tries, sent_at, failure, never_opened
    from deliveries where worker_id = $1::bigint order by ordered_at`,
  'feeds.json': `select made_at, language, last_read_on, revoked_at from feeds where worker_id = $1::bigint order by made_at`,
  'sessions.json': `select insz, given_name, family_name, method, assurance, language, created_at, last_seen_at, previous_visit_at, agency_number
    from sessions where worker_id = $1::bigint order by created_at`,
  'keys.json': `select a.user_name, a.made_at, a.password_at, (select json_agg(json_build_object('state', c.state, 'issuedAt', c.issued_at,
        'activatedAt', c.activated_at, 'lastUsedAt', c.last_used_at, 'endedAt', c.ended_at) order by c.issued_at)
      from token_cards c where c.worker_id = a.worker_id) as cards
    from key_accounts a where a.worker_id = $1::bigint`,
  'addresses.json': `select address, language, confirmed_at from worker_addresses where worker_id = $1::bigint`,
  'agencies.json': `select s.agency_number, e.name, s.right_held, s.added_at, s.last_acted_at
    from agency_staff s left join enterprises e on e.enterprise_number = s.agency_number
    where s.worker_id = $1::bigint order by s.agency_number`,
  'access.json': `with numbers as (select array_agg(insz)::text[] as mine from worker_numbers where worker_id = $1::bigint)
    select a.at, a.actor_kind as actor, a.actor_agency as agency_number, a.purpose, a.channel, a.detail, a.result_count
    from (select * from access_rows where subject_insz = any((select mine from numbers)::text[])
      union all select * from access_rows where subjects && (select mine from numbers)) a order by a.at, a.id`,
};

export function dossierStore(db: Database) {
  const compiled = new Map(
    Object.entries(ROWS).map(([file, text]) => [file, sql<object>`${sql.raw(text)}`.compile(db.read)]),
  );
  return {
    /** The rows of a file, as the tables hold them; days and instants as text. */
    async rows(scope: WorkerScope, file: keyof typeof ROWS): Promise<object[]> {
      const query = compiled.get(file);
      if (!query) throw new Error(`no rows for ${file}`);
      return db.rows(query, [scope.workerId]);
    },
  };
}
