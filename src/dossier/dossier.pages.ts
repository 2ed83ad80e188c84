import { dayOfInstant } from '../platform/calendar-days.ts';
import { fullDay } from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { FILES } from './dossier.ts';

declare module '../web/views.ts' {
  interface Views {
    'dossier/dossier': DossierPage;
  }
}

export interface DossierPage {
  title: string;
  w: Words<'dossier'>;
  files: { name: string; text: string }[];
  download: string;
  written: Part[];
  back: string;
}

const filesIn = (lang: Lang) => FILES.map((name) => ({ name, text: words(lang, 'dossier').files[name] }));

/** What the archive holds, before somebody takes it. */
export function dossierPage(lang: Lang): DossierPage {
  const w = words(lang, 'dossier');
  return {
    title: w.title,
    w,
    files: filesIn(lang),
    download: paths.DOSSIER_ZIP,
    written: rich(lang, 'dossier.written', {}, { a: paths.ACCESS }),
    back: paths.list(),
  };
}

/** The text beside the files. */
export function readmeText(lang: Lang, now: string): string {
  const w = words(lang, 'dossier');
  const files = filesIn(lang).map(({ name, text }) => `${name}\n  ${text}`);
  const made = say(lang, 'dossier.readme.made', { day: fullDay(lang, dayOfInstant(now)) });
  return [w.title, made, ...files, w.readme.refused, w.readme.instants, w.readme.contract]
    .join('\r\n\r\n')
    .concat('\r\n');
}
