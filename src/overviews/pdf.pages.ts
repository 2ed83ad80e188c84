import { describe, type NameOf } from '../relations/filter.pages.ts';
import type { Filter } from '../relations/filter.ts';
import { companyName, typeName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { dayRange, hourRange } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { codeInGroups } from './code.ts';
import {
  documentOf,
  type OverviewDocument,
  type OverviewSpelling,
  type OverviewWords,
  type Section,
  type Verification,
} from './document.ts';
import type { OverviewOrder, SectionName } from './overview.ts';
import { sectionsOf, writtenInstant } from './sections.pages.ts';

/** An overview as its document: every word ready, in the language it was ordered in. */

/** Of whom and when an overview is made; `code` is what it can be verified with, `publicUrl` the portal's origin. */
export interface Making {
  today: string;
  madeAt: string;
  reference: string;
  code: string;
  publicUrl: string;
}

export function overviewDocument(
  order: Pick<OverviewOrder, 'language' | 'filter' | 'sections' | 'fullInsz'> & { name: string; insz: string },
  found: WorkRelation[],
  making: Making,
): OverviewDocument {
  const { language: lang, name, insz, fullInsz } = order;
  const spoken = { words: wordsOf(lang, found.length), spelling: spellingOf(lang) };
  const subject = {
    lang,
    name,
    insz,
    fullInsz,
    selection: selectionOf(lang, order.filter, found, making.today),
    madeAt: making.madeAt,
    reference: making.reference,
    verification: verificationOf(lang, making),
  };
  const sections = sectionsOf(lang, order.sections, found, spoken);
  return documentOf(sections, subject, spoken.words, spoken.spelling);
}

/** What would stand in an overview of these relations. */
export function previewSections(lang: Lang, names: readonly SectionName[], found: WorkRelation[]): Section[] {
  return sectionsOf(lang, names, found, { words: wordsOf(lang, found.length), spelling: spellingOf(lang) });
}

/** The filter as a sentence. */
export function selectionOf(lang: Lang, filter: Filter, found: WorkRelation[], today: string): string {
  const agencies = new Map(found.map((relation) => [relation.agencyNumber, relation.agencyName]));
  const companies = new Map(found.map((relation) => [relation.userKey, relation.userCompanyName]));
  const names: NameOf = (field, value) => (field === 'agency' ? agencies : companies).get(value) ?? null;
  return describe(filter, lang, { today, total: found.length, names, agencies: agencies.size });
}

function verificationOf(lang: Lang, { code, publicUrl }: Making): Verification {
  const w = words(lang, 'parts').verification;
  const grouped = codeInGroups(code);
  const address = `${publicUrl}${paths.VERIFY}`.replace(/^https?:\/\//, '');
  return {
    url: publicUrl + paths.verify(code),
    address,
    code: grouped,
    label: w.label,
    alt: say(lang, 'parts.verification.alt', { address }),
    foot: say(lang, 'parts.verification.foot', { code: grouped }),
  };
}

function wordsOf(lang: Lang, count: number): OverviewWords {
  const printed = words(lang, 'overview').pdf as unknown as OverviewWords;
  const patterns = {
    count: say(lang, 'overview.pdf.count', { count }),
    fileTitle: say(lang, 'overview.pdf.fileTitle', { name: '{name}' }),
    planned: say(lang, 'overview.pdf.planned', { hours: '{hours}' }),
    reference: say(lang, 'overview.pdf.reference', { reference: '{reference}' }),
    page: say(lang, 'overview.pdf.page', { page: '{page}', pages: '{pages}' }),
  };
  const { period, agency, user, type, declaration } = words(lang, 'list');
  const asOnPages = { period, agency, user, type, declaration, ...words(lang, 'verdict'), ...words(lang, 'warning') };
  return { ...Object.fromEntries(plainKeys(printed)), ...asOnPages, ...patterns } as OverviewWords;
}

function spellingOf(lang: Lang): OverviewSpelling {
  return {
    period: (start, end) => dayRange(lang, start, end),
    hours: (start, end) => hourRange(lang, start, end),
    instant: (instant) => writtenInstant(lang, instant),
    typeName: (code) => typeName(lang, code),
    companyName: (name, number) => companyName(lang, name, number),
  };
}

/** Messages with values throw when read as words: those are filled above. */
function plainKeys(section: OverviewWords): [string, string][] {
  return Object.keys(section).map((key) => [key, section[key as keyof OverviewWords]]);
}
