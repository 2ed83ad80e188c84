import { moment, plainDay } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { codeInGroups } from './code.ts';
import type { Verified } from './overview.ts';

declare module '../web/views.ts' {
  interface Views {
    'overviews/verify': VerifyPage;
  }
}

/** The public page that tells whether an overview is genuine. */
export interface VerifyPage {
  title: string;
  w: Words<'verify'>;
  action: string;
  /** What was typed, to be mended. */
  typed: string;
  /** null: nothing was asked yet. */
  found: { state: 'genuine' | 'revoked' | 'unknown'; tone: string; icon: string; title: string; text: string } | null;
  facts: { label: string; value: string; note?: string }[];
  compare: Compare | null;
}

interface Compare {
  action: string;
  sha256: string;
  script: string;
  /** What came of the comparison of a pasted hash. */
  result: { text: string; tone: string } | null;
  pasted: string;
}

const TONES = { genuine: 'onTime', revoked: 'late', unknown: 'cancelled' } as const;
const ICONS = { genuine: 'onTime', revoked: 'warned', unknown: 'unknown' } as const;
/** Whoever reads this may read it years later: the year is always named. */
const NO_DAY = '0000-01-01';

/** Before anything is asked, and when nothing has the code: the same words whatever is wrong with it. */
export function verifyFormPage(lang: Lang, typed: string | null): VerifyPage {
  const w = words(lang, 'verify');
  const found = typed === null ? null : foundIn('unknown', w.unknown.title, w.unknown.text);
  return { title: w.title, w, action: paths.VERIFY, typed: typed ?? '', found, facts: [], compare: null };
}

export function verifyPage(
  lang: Lang,
  code: string,
  verified: Verified,
  file: { script: string; pasted: string | null },
): VerifyPage {
  const w = words(lang, 'verify');
  const { revokedAt, sha256 } = verified;
  const found =
    revokedAt === null
      ? foundIn('genuine', w.genuine.title, w.genuine.text)
      : foundIn(
          'revoked',
          w.revoked.title,
          say(lang, 'verify.revoked.text', { when: moment(lang, revokedAt, NO_DAY) }),
        );
  return {
    title: w.title,
    w,
    action: paths.VERIFY,
    typed: codeInGroups(code),
    found,
    facts: factsOf(lang, verified),
    compare: {
      action: paths.verify(code),
      sha256,
      script: file.script,
      result: file.pasted === null ? null : compared(w, sha256, file.pasted),
      pasted: file.pasted ?? '',
    },
  };
}

function foundIn(state: keyof typeof TONES, title: string, text: string): VerifyPage['found'] {
  return { state, tone: TONES[state], icon: ICONS[state], title, text };
}

function factsOf(lang: Lang, verified: Verified): VerifyPage['facts'] {
  const w = words(lang, 'verify');
  return [
    { label: w.who, value: verified.initials },
    { label: w.period, value: periodOf(lang, verified) },
    { label: w.count, value: say(lang, 'filter.relations', { n: verified.relationCount }) },
    { label: w.madeAt, value: moment(lang, verified.madeAt, NO_DAY) },
    { label: w.sha256, value: verified.sha256 },
  ];
}

function periodOf(lang: Lang, { coversFrom, coversTo }: Verified): string {
  if (coversFrom === null && coversTo === null) return words(lang, 'filter').period.all;
  if (coversFrom === null) return say(lang, 'filter.period.until', { to: plainDay(lang, coversTo ?? '') });
  if (coversTo === null) return say(lang, 'filter.period.since', { from: plainDay(lang, coversFrom) });
  return `${plainDay(lang, coversFrom)} – ${plainDay(lang, coversTo)}`;
}

function compared(w: Words<'verify'>, sha256: string, pasted: string): Compare['result'] {
  const hash = pasted.toLowerCase().replace(/[^\da-f]/g, '');
  if (hash.length !== 64) return { text: w.notHash, tone: 'cancelled' };
  return hash === sha256 ? { text: w.same, tone: 'onTime' } : { text: w.other, tone: 'late' };
}
