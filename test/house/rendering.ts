import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { LANGS, type Lang, words } from '../../src/web/language.ts';
import type { Layout } from '../../src/web/layout.ts';
import { FlatTemplates } from '../../src/web/templates.ts';
import { samplesIn } from '../samples.ts';

/** Pages as a visitor gets them, made from the samples, and a way to look at their elements. */

export const engine = new FlatTemplates();

export function hallIn(lang: Lang, signedIn: boolean): Layout {
  const room = (href: string, label: string, current: boolean) => ({ href, label, current });
  return {
    lang,
    w: words(lang, 'hall'),
    nav: signedIn ? [room('/', 'Today', true), room('/relations', 'List', false)] : [],
    signedIn,
    name: signedIn ? 'Łukasz Dvořák' : null,
    initials: signedIn ? 'Ł. D.' : null,
    languages: LANGS.map((code) => ({ code, label: code, href: `/?lang=${code}`, current: code === lang })),
    styles: ['/assets/main.0.css'],
    icon: '/assets/icon.svg',
    idleSeconds: signedIn ? 900 : null,
    scripts: [],
    demo: true,
    path: '/',
  };
}

/** Every page with every sample of it, in a language. */
export function rendered(lang: Lang): { what: string; html: string }[] {
  return Object.entries(samplesIn(lang)).flatMap(([view, models]) =>
    (models as object[]).map((model, i) => ({
      what: `${view} ${i} in ${lang}`,
      html: engine.render(view, { ...model, hall: hallIn(lang, !/^(public|identity)\//.test(view)) }),
    })),
  );
}

export const elementsOf = (node: Tree.Node): Tree.Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : []),
];
export const attribute = (element: Tree.Element, name: string) => element.attrs.find((one) => one.name === name)?.value;
export const textIn = (node: Tree.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
