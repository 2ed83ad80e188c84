import { referenceOf } from '../platform/ids.ts';
import { moment } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import {
  MOST_FAILED,
  REASONS,
  type Sending,
  type Standing,
  type Stuck,
  UNSENT_DAYS,
  type WantedFault,
} from './support.ts';

declare module '../web/views.ts' {
  interface Views {
    'support/look-up': LookUpPage;
    'support/help': SupportHelpPage;
    'support/ended': EndedPage;
  }
}

export interface LookUpPage {
  title: string;
  w: Words<'support'>;
  /** What became of the last look-up, and the field it is about. */
  said: { text: string; href: string | null } | null;
  failed: string | null;
  isLocked: boolean;
  action: string;
  reasons: { value: string; label: string }[];
}

const OUTCOMES = ['nobody', 'self', 'locked', 'closed'] as const;
const FIELDS: Record<WantedFault, string> = {
  insz: 'insz',
  who: 'insz',
  name: 'familyName',
  born: 'birthDate',
  reason: 'reason',
  case: 'caseNumber',
};

/** Where an agent looks somebody up. `said` is what the address tells of the last look-up; nothing that was typed stands there. */
export function lookUpPage(lang: Lang, { failed, isLocked }: Standing, said: unknown): LookUpPage {
  const w = words(lang, 'support');
  const outcome = OUTCOMES.find((one) => one === said);
  const fault = (Object.keys(FIELDS) as WantedFault[]).find((one) => one === said);
  return {
    title: w.title,
    w,
    said: outcome
      ? { text: w.outcome[outcome], href: null }
      : fault
        ? { text: w.fault[fault], href: `#${FIELDS[fault]}` }
        : null,
    failed: failed > 0 && !isLocked ? say(lang, 'support.failed', { n: failed, most: MOST_FAILED }) : null,
    isLocked,
    action: paths.LOOKUPS,
    reasons: REASONS.map((value) => ({ value, label: w.reason[value] })),
  };
}

export interface SupportHelpPage {
  title: string;
  w: Words<'support'>;
  done: string | null;
  sessions: string;
  mayEnd: boolean;
  endSessions: string;
  unlock: string;
  resend: string;
  unsentLead: string;
  unsent: UnsentRow[];
}

/** One sending that has not arrived. */
interface UnsentRow {
  of: Sending;
  id: string;
  what: string;
  reference: string;
  state: string;
  tone: string;
  icon: string;
  texts: string[];
  mayResend: boolean;
}

/** What an agent can do for the person he looked up. */
export function supportHelpPage(
  lang: Lang,
  { id, sessions, unsent }: { id: string; sessions: number; unsent: Stuck[] },
  { done, today }: { done: unknown; today: string },
): SupportHelpPage {
  const w = words(lang, 'support');
  return {
    title: w.help.title,
    w,
    done: doneWords(w, done),
    sessions: say(lang, 'support.help.sessions', { n: sessions }),
    mayEnd: sessions > 0,
    endSessions: paths.lookup(id, 'session-endings'),
    unlock: paths.lookup(id, 'unlockings'),
    resend: paths.lookup(id, 'resendings'),
    unsentLead: say(lang, unsent.length ? 'support.help.unsent' : 'support.help.noneUnsent', { n: UNSENT_DAYS }),
    unsent: unsent.map((one) => unsentRow(lang, one, today)),
  };
}

function doneWords({ help }: Words<'support'>, done: unknown): string | null {
  if (done === 'end-sessions') return help.ended;
  if (done === 'unlock') return help.unlocked;
  if (done === 'resend') return help.resent;
  if (done === 'none-failed') return help.noneFailed;
  return done === 'nothing' ? help.nothing : null;
}

/** What can be sent again: more tries help, and the overview is still there. */
const WORTH_A_TRY: readonly unknown[] = ['unavailable', 'refused', 'no-address'];

function unsentRow(lang: Lang, one: Stuck, today: string): UnsentRow {
  const { delivery, support } = { delivery: words(lang, 'delivery'), support: words(lang, 'support').help };
  const isFailed = one.state === 'failed';
  const isWorthIt = isFailed && WORTH_A_TRY.includes(one.failure);
  const tried = say(lang, 'support.help.tried', { n: one.tries });
  const texts = isFailed
    ? [support.failure[one.failure ?? 'unavailable'], ...(isWorthIt && !one.isKept ? [support.gone] : [])]
    : [
        ...(one.tries > 0 ? [tried] : []),
        one.nextTryAt
          ? say(lang, 'delivery.nextTry', { moment: moment(lang, one.nextTryAt, today) })
          : support.byItself,
      ];
  return {
    of: one.of,
    id: one.id,
    what: `${support.by[one.of][one.channel]}, ${moment(lang, one.orderedAt, today)}`,
    reference: `${delivery.reference} ${referenceOf(one.id)}`,
    state: delivery.state[one.state],
    tone: isFailed ? 'late' : 'none',
    icon: isFailed ? 'cancelled' : 'late',
    texts,
    mayResend: isWorthIt && one.isKept,
  };
}

export interface EndedPage {
  title: string;
  text: string;
  again: { href: string; label: string };
}

/** A look-up that is over shows nothing any more. */
export function endedPage(lang: Lang): EndedPage {
  const w = words(lang, 'support');
  return { title: w.over.title, text: w.over.text, again: { href: paths.SUPPORT, label: w.over.again } };
}
