import { page } from './answer.ts';
import * as paths from './paths.ts';
import { accessibilityPage, helpPage, pinPage, privacyPage } from './public.pages.ts';
import { forAll, type Route } from './route.ts';

/** Pages for everybody. */
export function publicRoutes(): Route[] {
  return [
    forAll('GET', paths.HELP, ({ lang }) => page('public/text', helpPage(lang))),
    forAll('GET', paths.HELP_PIN, ({ lang }) => page('public/text', pinPage(lang))),
    forAll('GET', paths.ACCESSIBILITY, ({ lang }) => page('public/text', accessibilityPage(lang))),
    forAll('GET', paths.PRIVACY, ({ lang }) => page('public/text', privacyPage(lang))),
  ];
}
