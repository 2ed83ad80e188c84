import type { Lang } from '../web/language.ts';

/** Everything that is held of a worker, as files in one archive (GDPR, articles 15 and 20). */

/** Each file has its words in `dossier.files` of every locale. */
export const FILES = [
  'relations.json',
  'relations.csv',
  'person.json',
  'declarations.json',
  'reports.json',
  'shifts.json',
  'notices.json',
  'overviews.json',
  'deliveries.json',
  'feeds.json',
  'sessions.json',
  'keys.json',
  'addresses.json',
  'agencies.json',
  'access.json',
] as const;
export type DossierFile = (typeof FILES)[number];

/** A file's text, read when its turn has come. */
export interface DossierPart {
  file: DossierFile | 'README.txt' | 'relations.schema.json';
  read(): Promise<string>;
}

/** For whom, and at what moment (instant, and day in Belgium). */
export interface DossierWish {
  lang: Lang;
  now: string;
  today: string;
  requestId: string;
}
