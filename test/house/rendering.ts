import type { FastifyRequest } from 'fastify';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Hall } from '../../src/web/hall.ts';
import type { Lang } from '../../src/web/language.ts';
import { type Layout, layoutOf } from '../../src/web/layout.ts';
import { FlatTemplates } from '../../src/web/templates.ts';
import { samplesIn } from '../samples.ts';

/** Pages as a visitor gets them, made from the samples, and a way to look at their elements. */

export const engine = new FlatTemplates();

/** The real surroundings of a page, for a visitor who is somebody or nobody. */
export function hallIn(lang: Lang, signedIn: boolean): Layout {
  const hall = { assets: { href: (name: string) => `/assets/${name}` }, demo: true } as unknown as Hall;
  const visitor = signedIn ? { kind: 'worker', givenName: 'Łukasz', familyName: 'Dvořák' } : { kind: 'anonymous' };
  return layoutOf(hall, { url: '/?year=2026', visitor } as unknown as FastifyRequest, lang);
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
