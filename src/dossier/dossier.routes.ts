import type { SignedInWorker } from '../identity/visitor.ts';
import { type Answer, page } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import type { Dossier } from './dossier.actions.ts';
import { dossierPage } from './dossier.pages.ts';

export interface DossierTools {
  dossier: Dossier;
}

type Mine = Asked<SignedInWorker>;

export function dossierRoutes({ dossier }: DossierTools): Route[] {
  async function zip({ visitor, lang, now, today, request }: Mine): Promise<Answer> {
    const body = await dossier.take(visitor, { lang, now, today, requestId: request.id });
    return { kind: 'stream', type: 'application/zip', body, fileName: `interim-at-work-${today}.zip` };
  }

  return [
    forWorker('GET', paths.DOSSIER, ({ lang }: Mine) => page('dossier/dossier', dossierPage(lang))),
    forWorker('GET', paths.DOSSIER_ZIP, zip, { perMinute: 20 }),
  ];
}
