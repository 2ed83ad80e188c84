import type { StaffRight } from '../identity/visitor.ts';
import { holds } from '../identity/visitor.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type AdvisedAnomaly, advised } from './advice.pages.ts';
import { type Row, rowIn } from './declarations.pages.ts';
import type { DeskTable } from './declarations.ts';
import { type Cursor, cursorText } from './filter.ts';
import { counted } from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/refused': RefusedPage;
  }
}

export interface RefusedPage {
  title: string;
  w: Words<'refused'>;
  d: Words<'desk'>;
  said: string | null;
  sentence: string;
  /** Still to do, or dealt with. */
  views: { label: string; href: string; current: boolean }[];
  items: (Row & { reasons: AdvisedAnomaly[]; again: string | null; declare: string | null })[];
  isOpen: boolean;
  action: string;
  back: string;
  all: string;
  next: string | null;
  first: string | null;
}

/** The refused declarations to work off, or with `isOpen` false those dealt with. */
export function refusedPage(
  lang: Lang,
  table: DeskTable & { again: Map<string, string> },
  about: {
    today: string;
    isOpen: boolean;
    batch: string | null;
    after: Cursor | null;
    said: string | null;
    right: StaffRight;
  },
): RefusedPage {
  const { today, isOpen, batch, after, right } = about;
  const w = words(lang, 'refused');
  const of = batch === null ? '' : `batch=${batch}`;
  const query = (place: Cursor | null) =>
    [of, isOpen ? '' : 'verified=yes', place === null ? '' : `after=${cursorText(place)}`].filter(Boolean).join('&');
  const last = table.rows.at(-1);
  return {
    title: w.title,
    w,
    d: words(lang, 'desk'),
    said: about.said,
    sentence: say(lang, isOpen ? 'refused.open' : 'refused.done', {
      n: table.total,
      count: counted(lang, table.total),
    }),
    views: [
      { label: w.toDo, href: paths.refused(of), current: isOpen },
      { label: w.dealtWith, href: paths.refused([of, 'verified=yes'].filter(Boolean).join('&')), current: !isOpen },
    ],
    items: table.rows.map((row) => {
      const again = table.again.get(row.seq);
      return {
        ...rowIn(lang, row, today),
        reasons: advised(lang, row.anomalies),
        again: again === undefined ? null : paths.agencyDeclaration(again),
        declare: holds(right, 'declare')
          ? paths.newDeclaration(`again=${encodeURIComponent(row.declarationId)}`)
          : null,
      };
    }),
    isOpen,
    action: isOpen ? paths.VERIFICATIONS : paths.WITHDRAWALS,
    back: paths.refused(query(after)),
    all: say(lang, 'refused.tickAll', { n: table.rows.length }),
    next: table.isLast || !last ? null : paths.refused(query({ receivedAt: last.receivedAt, seq: last.seq })),
    first: after === null ? null : paths.refused(query(null)),
  };
}
