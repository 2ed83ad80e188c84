import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { COUNTED, MOST_EXPORTED } from './declarations.ts';
import { type DeskFacts, deskSentence } from './filter.pages.ts';
import { type DeskFilter, deskFields, deskQuery } from './filter.ts';
import { figure } from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/export': ExportPage;
  }
}

export interface ExportPage {
  title: string;
  w: Words<'deskExport'>;
  back: string;
  sentence: string;
  /** Said when the file may not hold everything. */
  bound: string | null;
  action: string;
  hidden: { name: string; value: string }[];
  /** The box was not ticked. */
  isMissing: boolean;
}

/** The privacy notice before a table is taken along. */
export function exportPage(
  lang: Lang,
  filter: DeskFilter,
  total: number,
  facts: DeskFacts,
  isMissing: boolean,
): ExportPage {
  const w = words(lang, 'deskExport');
  return {
    title: w.title,
    w,
    back: paths.declarations(deskQuery(filter, facts.keys)),
    sentence: deskSentence(filter, lang, total, facts),
    bound: total > COUNTED ? say(lang, 'deskExport.bound', { most: figure(lang, MOST_EXPORTED) }) : null,
    action: paths.DECLARATIONS_EXPORT,
    hidden: deskFields(filter, facts.keys).map(([name, value]) => ({ name, value })),
    isMissing,
  };
}
