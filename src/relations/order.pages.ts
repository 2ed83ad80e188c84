import { LANGS, LANGUAGE_NAMES, type Lang, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Filter, toFields, toQuery } from './filter.ts';

/** The form beside the list that orders an overview of it. */

/** What the form that orders an overview of this very filter holds. `text` says in words what will stand in it. */
export interface OrderForm {
  w: Words<'order'>;
  action: string;
  hidden: { name: string; value: string }[];
  languages: { code: Lang; label: string; selected: boolean }[];
  text: string;
  /** Choose sections, and see what it will hold. */
  more: string;
}

export function orderForm(lang: Lang, filter: Filter, text: string): OrderForm {
  return {
    w: words(lang, 'order'),
    action: paths.OVERVIEWS,
    hidden: toFields({ ...filter, page: 1, pageSize: 25 }).map(([name, value]) => ({ name, value })),
    languages: LANGS.map((code) => ({ code, label: LANGUAGE_NAMES[code], selected: code === lang })),
    text,
    more: paths.newOverview(toQuery({ ...filter, page: 1, pageSize: 25 })),
  };
}
