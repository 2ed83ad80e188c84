import { type Lang, type Part, rich, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { NOTICE_KINDS, type NoticeChannel, type NoticeChoice, type NoticeKind } from './notice.ts';

declare module '../web/views.ts' {
  interface Views {
    'notices/choices': NoticesPage;
    'notices/unsubscribe': UnsubscribePage;
  }
}

export interface NoticesPage {
  title: string;
  w: Words<'notices'>;
  said: string | null;
  /** Where mail goes, or that it goes nowhere yet. */
  address: Part[];
  /** null where no way can reach him yet. */
  action: string | null;
  kinds: KindChoice[];
  shifts: Part[];
}

interface KindChoice {
  legend: string;
  hint: string;
  ways: { id: string; name: string; label: string; checked: boolean }[];
  pace: {
    id: string;
    name: string;
    label: string;
    options: { value: string; label: string; selected: boolean }[];
  } | null;
}

export interface AboutNotices {
  choices: NoticeChoice[];
  /** His confirmed address; null without one. */
  address: string | null;
  /** The ways that can reach him here. */
  ways: NoticeChannel[];
  said: unknown;
}

/** What he wants to hear of: kind by kind, by which way, at once or once a day. */
export function noticesPage(lang: Lang, { choices, address, ways, said }: AboutNotices): NoticesPage {
  const w = words(lang, 'notices');
  return {
    title: w.title,
    w,
    said: said === 'saved' ? w.saved : said === 'nowhere' ? w.nowhere : null,
    address:
      address === null
        ? rich(lang, 'notices.noAddress', {}, { a: paths.address('', paths.NOTICES) })
        : rich(lang, 'notices.toAddress', { address }, { a: paths.address('', paths.NOTICES) }),
    action: ways.length > 0 ? paths.NOTICES : null,
    kinds: NOTICE_KINDS.map((kind) => kindChoice(lang, kind, choices.find((one) => one.kind === kind) ?? null, ways)),
    shifts: rich(lang, 'notices.shiftsLink', {}, { a: paths.SHIFTS }),
  };
}

function kindChoice(lang: Lang, kind: NoticeKind, chosen: NoticeChoice | null, ways: NoticeChannel[]): KindChoice {
  const w = words(lang, 'notices');
  return {
    legend: w.kind[kind],
    hint: w.hint[kind],
    ways: ways.map((way) => ({
      id: `${way}-${kind}`,
      name: `${way}-${kind}`,
      label: w.way[way],
      checked: chosen?.[way] ?? false,
    })),
    // what is missing tomorrow is of no use the day after
    pace:
      kind === 'missing'
        ? null
        : {
            id: `pace-${kind}`,
            name: `pace-${kind}`,
            label: w.pace,
            options: [
              { value: 'now', label: w.atOnce, selected: !chosen?.daily },
              { value: 'daily', label: w.daily, selected: chosen?.daily ?? false },
            ],
          },
  };
}

/** The choices as a form sends them; a kind that is chosen by no way is not chosen. */
export function choicesFrom(fields: Record<string, unknown>, ways: NoticeChannel[]): NoticeChoice[] {
  return NOTICE_KINDS.flatMap((kind) => {
    const by = (way: NoticeChannel) => ways.includes(way) && fields[`${way}-${kind}`] === 'yes';
    const choice = {
      kind,
      mail: by('mail'),
      ebox: by('ebox'),
      daily: kind !== 'missing' && fields[`pace-${kind}`] === 'daily',
    };
    return choice.mail || choice.ebox ? [choice] : [];
  });
}

export interface UnsubscribePage {
  title: string;
  w: Words<'unsubscribe'>;
  text: string;
  /** null once it is done. */
  action: string | null;
  next: { href: string; label: string };
}

/** Asks whether nothing should come any more, or says that nothing will. Tells nothing of whom it is about. */
export function unsubscribePage(lang: Lang, secret: string, isDone: boolean): UnsubscribePage {
  const w = words(lang, 'unsubscribe');
  return {
    title: isDone ? w.doneTitle : w.title,
    w,
    text: isDone ? w.doneText : w.text,
    action: isDone ? null : paths.unsubscribe(secret),
    next: { href: paths.NOTICES, label: w.choose },
  };
}
