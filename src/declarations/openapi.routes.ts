import { type Answer, data, page } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, type Route } from '../web/route.ts';
import { developersPage } from './openapi.pages.ts';
import { openApi } from './openapi.ts';

/** The service for agencies, described for programs and for who writes them. */
export function openApiRoutes({ publicUrl }: { publicUrl: string }): Route[] {
  const document = openApi(publicUrl);

  function described(): Answer {
    return data(document);
  }

  function toRead({ lang }: Asked): Answer {
    return page('declarations/developers', developersPage(lang));
  }

  return [forAll('GET', paths.OPENAPI, described), forAll('GET', paths.DEVELOPERS, toRead)];
}
