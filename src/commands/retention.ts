import type { Config } from '../config.ts';
import { DRAFT_HOURS } from '../declarations/form.actions.ts';
import type { House } from '../house.ts';
import { ABSOLUTE_HOURS, IDLE_MINUTES, oldest } from '../identity/sessions.ts';
import { KEPT_HOURS } from '../overviews/overview.ts';
import { DRAFT_HOURS as REPORT_DRAFT_HOURS } from '../reports/drafts.actions.ts';
import { LOOKUP_MINUTES } from '../support/support.ts';

/** A kind of data: in which tables, how long it is kept, and what erases it (null: nothing does, or something beside the sweep). */
export interface Kept {
  what: string;
  howLong: string;
  tables: string[];
  erase: ((house: House, now: string) => Promise<unknown>) | null;
}

/** Everything the database holds. The table in docs/operations.md is this list with the default periods. */
export function retention(periods: Pick<Config, 'KEEP_LOOKUPS_DAYS'>): Kept[] {
  const kept = (what: string, howLong: string, tables: string[], erase: Kept['erase'] = null): Kept => {
    return { what, howLong, tables, erase };
  };
  return [
    kept(
      'the ledger and work relations',
      'for good; pages show previous, current and next year unless asked for more',
      ['declarations', 'relations', 'verifications'],
    ),
    kept('people, their numbers, changes of number, and where merged keys lead', 'for good', [
      'workers',
      'worker_numbers',
      'number_changes',
      'merged_workers',
    ]),
    kept('the directory, clients, staff and support agents', 'until they are taken out', [
      'enterprises',
      'clients',
      'agency_staff',
      'support_agents',
    ]),
    kept('a batch and what was answered to it', 'for good', ['batches', 'batch_parts']),
    kept(
      'a session',
      `counts ${IDLE_MINUTES} minutes after its last use and ${ABSOLUTE_HOURS} hours at most; sign-out erases it at once`,
      ['sessions'],
      ({ sessions }, now) => sessions.sweep(oldest(now), now),
    ),
    kept('a step of signing in', 'a few minutes; used once, erased as others begin', ['sign_in_challenges']),
    kept(
      'a client’s assertion and token',
      'until they run out: some 5 and 10 minutes',
      ['client_assertions', 'access_tokens'],
      ({ clients }, now) => clients.sweep(now),
    ),
    kept('a user name with its password', 'for good', ['key_accounts']),
    kept(
      'a paper token',
      'its print 15 minutes, or until it is fetched; its codes until it ends; that there was one, for good',
      ['token_cards'],
      ({ keys }, now) => keys.cards.sweep(now),
    ),
    kept('wrong entries when signing in', 'a day after the last one or its block', ['attempts']),
    kept(
      'a form that staff fills in',
      `${DRAFT_HOURS} hours, or until it is accepted; that there was one, a day more`,
      ['drafts'],
      ({ forms }, now) => forms.sweep(now),
    ),
    kept(
      'an overview’s PDF',
      `${KEPT_HOURS} hours; until it is sent where that was asked, and for 7 days from its order where that failed, so that it can be sent again; that it was ordered, 30 days more, or \`VERIFY_DAYS\` from its making, while its code still tells something`,
      ['overviews'],
      ({ overviews }) => overviews.sweep(),
    ),
    kept('a sending of an overview (when, which way, how it ended; no contents)', 'for good', ['deliveries']),
    kept('a feed', 'until its worker ends it; then only that it was there', ['feeds']),
    kept(
      'a report that is being written',
      `${REPORT_DRAFT_HOURS} hours, or until it is sent`,
      ['report_drafts'],
      ({ reportDrafts }, now) => reportDrafts.sweep(now),
    ),
    kept('a report and what was said about it', 'for good', ['reports', 'report_events']),
    kept('notes of shifts', 'until the worker removes them', ['shifts']),
    kept('choices of notices, and what was told', 'as long as the worker is known', [
      'notice_choices',
      'notices',
      'notice_bundles',
    ]),
    kept('a confirmed e-mail address', 'until the worker removes or replaces it', ['worker_addresses']),
    kept('a code that confirms one', 'an hour; that one was asked, a day', ['address_confirmations'], ({ addresses }) =>
      addresses.sweep(),
    ),
    kept(
      'a look-up of the support desk',
      `open for ${LOOKUP_MINUTES} minutes; that there was one, ${periods.KEEP_LOOKUPS_DAYS} days more (\`KEEP_LOOKUPS_DAYS\`)`,
      ['support_lookups'],
      ({ support }, now) => support.sweep(now),
    ),
    kept('access rows and their seals', 'ten years; one partition a month, dropped whole', [
      'access_rows',
      'access_seals',
      'access_unsealed',
    ]),
    kept('what this database is for, which migrations ran, and which large loads of made-up people', 'for good', [
      'installation',
      'migrations',
      'generated',
      'set_aside',
    ]),
  ];
}

/** Erases what ran out, each kind by itself: one that fails keeps none of the others, and is tried again at the next sweep. */
export async function eraseWhatRanOut(house: House, kinds: Kept[] = retention(house.config)): Promise<void> {
  const now = house.clock.now();
  const erased = kinds.map(({ what, erase }) =>
    erase?.(house, now).catch((error: Error) =>
      house.log.warn({ what, err: error.message }, 'what ran out was not erased'),
    ),
  );
  await Promise.all(erased);
}
