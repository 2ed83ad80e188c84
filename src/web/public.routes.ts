import { page } from './answer.ts';
import { accessHelpPage, cardPage, pinPage } from './help.pages.ts';
import * as paths from './paths.ts';
import { accessibilityPage, helpPage, privacyPage } from './public.pages.ts';
import { forAll, type Route } from './route.ts';

interface PublicTools {
  assets: { href(name: string): string };
  cardUrl: string | null;
}

/** Pages for everybody. */
export function publicRoutes({ assets, cardUrl }: PublicTools): Route[] {
  const card = { script: assets.href('web-eid.js'), demoCard: cardUrl };
  return [
    forAll('GET', paths.HELP, ({ lang }) => page('public/text', helpPage(lang))),
    forAll('GET', paths.HELP_PIN, ({ lang }) => page('public/text', pinPage(lang))),
    forAll('GET', paths.HELP_ACCESS, ({ lang }) => page('public/text', accessHelpPage(lang))),
    forAll('GET', paths.HELP_CARD, ({ lang }) => page('public/card', cardPage(lang, card))),
    forAll('GET', paths.ACCESSIBILITY, ({ lang }) => page('public/text', accessibilityPage(lang))),
    forAll('GET', paths.PRIVACY, ({ lang }) => page('public/text', privacyPage(lang))),
  ];
}
