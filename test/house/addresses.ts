/**
 * Every address of the portal and who may ask for it. A new or vanished one shows here first: change this list on purpose only.
 * Operators' addresses and the files of `public/` stand apart: they are mounted beside the rooms.
 */
export const ADDRESSES: readonly string[] = [
  'GET / public',
  'GET /REST/dimona/v2/declarations/:id client',
  'GET /REST/dimona/v2/periods/:id client',
  'GET /access worker',
  'GET /accessibility public',
  'GET /agency/colleagues agency:manage',
  'GET /agency/colleagues/:key agency:manage',
  'GET /agency/colleagues/:key/removal agency:manage',
  'GET /agency/companies.json agency:declare',
  'GET /agency/declarations/:declarationId/receipt agency:declare',
  'GET /agency/declarations/new agency:declare',
  'GET /agency/drafts/:draftId agency:declare',
  'GET /agency agency:view',
  'GET /agency/declarations agency:view',
  'GET /agency/declarations/:declarationId agency:view',
  'GET /agency/declarations/export agency:view',
  'GET /agency/refused agency:view',
  'GET /capacity signedIn',
  'GET /help public',
  'GET /help/pin public',
  'GET /keys/email worker',
  'GET /overviews worker',
  'GET /overviews/:id worker',
  'GET /overviews/:id/overview.pdf worker',
  'GET /privacy public',
  'GET /relations worker',
  'GET /relations.csv worker',
  'GET /relations.json worker',
  'GET /relations/:periodId worker',
  'GET /relations/calendar worker',
  'GET /relations/calendar/:month worker',
  'GET /sign-in public',
  'GET /sign-in/eid/challenge public',
  'GET /signed-out public',
  'POST /agency/declarations agency:declare',
  'POST /agency/drafts agency:declare',
  'POST /REST/dimona/v2/declarations client',
  'POST /REST/dimona/v2/declarations/search client',
  'POST /REST/dimona/v2/periods/search client',
  'POST /REST/dimona/v2/relations/search client',
  'POST /REST/oauth/v5/token public',
  'POST /agency/colleagues agency:manage',
  'POST /agency/colleagues/removals agency:manage',
  'POST /agency/colleagues/rights agency:manage',
  'POST /agency/declarations/export agency:view',
  'POST /agency/searches agency:view',
  'POST /agency/verifications agency:view',
  'POST /agency/withdrawals agency:view',
  'POST /capacity signedIn',
  'POST /keys/email worker',
  'POST /keys/email/confirmations worker',
  'POST /keys/email/removals worker',
  'POST /overviews worker',
  'POST /sign-in/eid public',
  'POST /sign-out public',
];

export const BESIDE_THE_ROOMS: readonly string[] = ['GET /assets/*', 'GET /health/live', 'GET /health/ready'];

/** Does a path (without query and anchor) lead somewhere? */
export function leadsSomewhere(method: string, path: string): boolean {
  return ADDRESSES.some((line) => {
    const [verb, pattern = ''] = line.split(' ');
    return verb === method && new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(path);
  });
}
