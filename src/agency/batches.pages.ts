import { answered, type FormBatch, notificationFiles } from '../declarations/batches.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { figure, tableMoment } from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/batches': BatchesPage;
    'agency/batch': BatchPage;
  }
}

/** Why a file was not taken; of a broken one where it is broken. */
export type FileFault = 'missing' | 'large' | 'many' | { line: number; column: number; reason: string };

export interface BatchesPage {
  title: string;
  w: Words<'batches'>;
  fault: { text: string; reason: string | null } | null;
  /** Where a file is sent; null for who may only look. */
  action: string | null;
  rows: { href: string; name: string; when: string; what: string }[];
}

/** The files that an agency sent, and the form that sends one. */
export function batchesPage(
  lang: Lang,
  batches: FormBatch[],
  about: { today: string; mayDeclare: boolean; fault: FileFault | null },
): BatchesPage {
  const w = words(lang, 'batches');
  return {
    title: w.title,
    w,
    fault: about.fault === null ? null : faultOf(lang, about.fault),
    action: about.mayDeclare ? paths.BATCHES : null,
    rows: batches.map((batch) => ({
      href: paths.batch(batch.id),
      name: batch.fileName ?? w.unnamed,
      when: tableMoment(lang, batch.receivedAt, about.today),
      what: summaryOf(lang, batch),
    })),
  };
}

function faultOf(lang: Lang, fault: FileFault): BatchesPage['fault'] {
  const w = words(lang, 'batches').fault;
  if (typeof fault === 'string') return { text: w[fault], reason: null };
  const { line, column, reason } = fault;
  return { text: say(lang, 'batches.fault.broken', { line: figure(lang, line), column }), reason };
}

function summaryOf(lang: Lang, batch: FormBatch): string {
  const { forms: n, results, state } = batch;
  if (state === 'declaring')
    return say(lang, 'batches.underWay', { answered: figure(lang, answered(batch)), forms: figure(lang, n) });
  return say(lang, 'batches.summary', { n, count: figure(lang, n), refused: results.B });
}

export interface BatchPage {
  title: string;
  w: Words<'batches'>;
  /** Seconds after which the page looks again; null when nothing will change. */
  refresh: number | null;
  state: string;
  tone: 'none' | 'onTime' | 'late';
  icon: 'late' | 'onTime' | 'warned';
  text: string;
  known: string | null;
  progress: { done: number; of: number } | null;
  tiles: { name: string; count: string; label: string; note: string; href: string; isCalm: boolean }[];
  facts: { label: string; value: string; note: null }[];
  files: { label: string; href: string }[];
  here: string;
  back: string;
}

const SECONDS_BETWEEN_LOOKS = 2;

/** A file: how far it is, how its declarations were answered, and what may be taken along. */
export function batchPage(lang: Lang, batch: FormBatch, about: { today: string; isKnown: boolean }): BatchPage {
  const w = words(lang, 'batches');
  const { id, state, forms, results } = batch;
  const isDone = state === 'done';
  const done = answered(batch);
  const count = { answered: figure(lang, done), n: forms, count: figure(lang, forms) };
  return {
    title: w[state].title,
    w,
    refresh: isDone ? null : SECONDS_BETWEEN_LOOKS,
    state: `${state} ${done}`,
    tone: !isDone ? 'none' : results.B > 0 ? 'late' : 'onTime',
    icon: !isDone ? 'late' : results.B > 0 ? 'warned' : 'onTime',
    text: say(lang, isDone ? 'batches.done.text' : 'batches.declaring.text', count),
    known: about.isKnown ? w.known : null,
    progress: isDone ? null : { done, of: forms },
    tiles: (['A', 'W', 'B'] as const).map((result) => ({
      name: TILES[result],
      count: figure(lang, results[result]),
      label: w[result],
      note: result === 'B' ? w.mend : w.see,
      href: result === 'B' ? paths.refused(`batch=${id}`) : paths.declarations(`batch=${id}&result=${result}`),
      isCalm: results[result] === 0,
    })),
    facts: factsOf(lang, batch, about.today),
    files: isDone ? filesOf(lang, batch) : [],
    here: paths.batch(id),
    back: paths.BATCHES,
  };
}

const TILES = { A: 'today', W: 'warned', B: 'refused' };

function factsOf(lang: Lang, batch: FormBatch, today: string): BatchPage['facts'] {
  const w = words(lang, 'batches');
  const facts: [string, string | null][] = [
    [w.name, batch.fileName ?? w.unnamed],
    [w.forms, figure(lang, batch.forms)],
    [w.receivedAt, tableMoment(lang, batch.receivedAt, today)],
    [w.finishedAt, batch.finishedAt === null ? null : tableMoment(lang, batch.finishedAt, today)],
    [w.reference, batch.id.slice(0, 20)],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value, note: null }]));
}

function filesOf(lang: Lang, batch: FormBatch): BatchPage['files'] {
  const w = words(lang, 'batches');
  const all = notificationFiles(batch);
  return [
    { label: w.receipt, href: paths.batchReceipt(batch.id) },
    ...all.map(({ from, to }) => ({
      label:
        all.length === 1
          ? w.notifications
          : say(lang, 'batches.notificationsOf', { from: figure(lang, from), to: figure(lang, to) }),
      href: paths.batchNotifications(batch.id, from),
    })),
  ];
}
