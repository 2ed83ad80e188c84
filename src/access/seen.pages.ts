import { moment } from '../web/dates.ts';
import { knows, type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { ACCESS_KINDS, type AccessKind, PURPOSES, type Purpose } from './access.ts';
import { type Seen, type SeenField, type SeenFilter, seenQuery } from './seen.ts';

declare module '../web/views.ts' {
  interface Views {
    'access/list': SeenListPage;
  }
}

export interface SeenListPage {
  title: string;
  w: Words<'access'>;
  dropped: string | null;
  action: string;
  kinds: { value: string; label: string; selected: boolean }[];
  from: string;
  to: string;
  rows: { when: string; kind: AccessKind; label: string; text: string; note: string }[];
  empty: { title: string; text: string; clear: string | null } | null;
  newest: string | null;
  older: string | null;
  /** What to do about an entry that somebody does not expect. */
  strange: Part[];
}

/** Who saw the worker's data, newest first. `dropped` names fields of the address that could not be read. */
export function seenPage(
  lang: Lang,
  { rows, more }: { rows: Seen[]; more: boolean },
  filter: SeenFilter,
  { today, dropped }: { today: string; dropped: SeenField[] },
): SeenListPage {
  const w = words(lang, 'access');
  const last = rows.at(-1);
  const first = { ...filter, after: null };
  return {
    title: w.title,
    w,
    dropped: dropped.length > 0 ? w.dropped : null,
    action: paths.ACCESS,
    kinds: [
      { value: '', label: w.everything, selected: filter.kind === null },
      ...ACCESS_KINDS.map((kind) => ({ value: kind, label: w.kind[kind], selected: filter.kind === kind })),
    ],
    from: filter.from ?? '',
    to: filter.to ?? '',
    rows: rows.map((row) => told(lang, row, today)),
    empty: emptyOf(lang, rows, first),
    newest: filter.after === null ? null : paths.access(seenQuery(first)),
    older: more && last ? paths.access(seenQuery({ ...filter, after: { at: last.at, id: last.id } })) : null,
    strange: rich(lang, 'access.strange', {}, { a: paths.help('contact') }),
  };
}

function told(lang: Lang, row: Seen, today: string): SeenListPage['rows'][number] {
  const w = words(lang, 'access');
  const kind = kindOf(row.purpose);
  return {
    when: moment(lang, row.at, today),
    kind,
    label: w.label[kind],
    text: say(lang, isKnown(row.purpose) ? `access.did.${row.purpose}` : 'access.did.unknown', {
      who: whoOf(lang, row),
    }),
    note: notesOf(lang, row).join(' · '),
  };
}

/** Staff are named as their agency, support agents and operators by what they are: never a person. Only an operator types commands. */
function whoOf(lang: Lang, { actor, agencyName, agencyNumber, channel }: Seen): string {
  if (actor === 'agency') return agencyName ?? say(lang, 'access.agencyByNumber', { number: agencyNumber ?? '' });
  return words(lang, 'access').who[actor === 'system' && channel === 'command' ? 'operator' : actor];
}

function notesOf(lang: Lang, { purpose, channel, detail, people }: Seen): string[] {
  const because = (text: string | null) => (text === null ? null : say(lang, 'access.because', { text }));
  return [
    inWords(lang, `access.method.${detail.method}`),
    inWords(lang, `access.view.${detail.view}`),
    inWords(lang, purpose === 'keys' ? `keys.act.${detail.act}` : `access.act.${detail.act}`),
    because(purpose === 'access-export' ? String(detail.reason) : inWords(lang, `support.reason.${detail.reason}`)),
    detail.caseNumber ? say(lang, 'access.caseNumber', { number: String(detail.caseNumber) }) : null,
    inWords(lang, `access.channel.${channel}`),
    people > 1 ? words(lang, 'access').amongOthers : null,
  ].filter((note) => note !== null);
}

/** A code of ours in words; nothing for one that we do not know: no bare code is shown. */
function inWords(lang: Lang, key: string): string | null {
  return knows(lang, key) ? say(lang, key) : null;
}

const isKnown = (purpose: string): purpose is Purpose => Object.hasOwn(PURPOSES, purpose);
const kindOf = (purpose: string): AccessKind => (isKnown(purpose) ? PURPOSES[purpose] : 'other');

function emptyOf(lang: Lang, rows: Seen[], filter: SeenFilter): SeenListPage['empty'] {
  if (rows.length > 0) return null;
  const { none, noneNarrow } = words(lang, 'access');
  return seenQuery(filter) === '' ? { ...none, clear: null } : { ...noneNarrow, clear: paths.ACCESS };
}
