import type { Issued } from '../pki.ts';
import { authority, cardOf } from '../pki.ts';
import { type Finding, found } from './finding.ts';
import { type Behind, openBehindNginx } from './nginx.portal.ts';

/** Production behind nginx as docs/nginx-card.conf has it: who signs in by a certificate, and who does not. */
export async function drillNginx(): Promise<Finding[]> {
  const behind = await openBehindNginx();
  try {
    return [...(await whoSignsIn(behind)), ...(await whoIsRefused(behind)), ...(await whoCheats(behind))];
  } finally {
    await behind.close();
  }
}

const PLACE = '/relations';

async function whoSignsIn(behind: Behind): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const kind of ['P-384', 'RSA'] as const) {
    const visit = await behind.signIn(await behind.card({ kind }), PLACE);
    findings.push(
      found(`a ${kind} card signs in and is where it wanted to go`, [visit.at, visit.status], [PLACE, 200]),
    );
  }
  const foreigner = await behind.card({ policies: ['2.16.56.12.1.1.7.2'] });
  findings.push(found('a foreigner’s card signs in', (await behind.signIn(foreigner, PLACE)).at, PLACE));
  return findings;
}

async function whoIsRefused(behind: Behind): Promise<Finding[]> {
  const stranger = await cardOf(await authority({ commonName: 'Nobody’s CA' }));
  const cases: [string, Issued | null][] = [
    ['nobody’s certificate', null],
    ['a stranger’s CA', stranger],
    ['a card that ended', await behind.card({ until: '2025-01-01T00:00:00Z' })],
    ['a card for signing documents', await behind.card({ keyUsage: 2, policies: ['2.16.56.12.1.1.2.1'] })],
    ['a card of another policy', await behind.card({ policies: ['1.2.3'] })],
  ];
  const findings: Finding[] = [];
  for (const [what, card] of cases)
    findings.push(found(`${what} is refused`, (await behind.signIn(card, PLACE)).at, '/sign-in?failed=no'));

  const revoked = await behind.card();
  behind.tell(revoked, 'revoked');
  findings.push(found('a revoked card is refused', (await behind.signIn(revoked, PLACE)).at, '/sign-in?failed=no'));

  const card = await behind.card();
  behind.silence(true);
  const started = performance.now();
  const { at } = await behind.signIn(card, PLACE);
  const seconds = (performance.now() - started) / 1000;
  behind.silence(false);
  findings.push(found('a responder that does not answer: refused, and it is said why', at, '/sign-in?failed=passing'));
  findings.push(found(`within 6 seconds (${seconds.toFixed(1)})`, seconds < 6, true));
  return findings;
}

async function whoCheats(behind: Behind): Promise<Finding[]> {
  const card = await behind.card();
  const told = {
    'x-ssl-client-verify': 'SUCCESS',
    'x-ssl-client-cert': encodeURIComponent(card.pem),
    'client-cert': `:${card.der.toString('base64')}:`,
  };
  const guessed = { ...told, 'x-mtls-secret': 'guessed, guessed, guessed, guessed' };
  const main = await behind.ask('main', '/sign-in/mtls', { headers: guessed });
  const there = await behind.ask('card', '/sign-in/mtls?state=mine', { headers: guessed });
  const direct = await behind.ask('portal', '/sign-in/mtls', { headers: guessed });
  const cookies = [main, there, direct].flatMap((one) => one.cookies.filter((line) => line.includes('-session=')));
  const { code, cookie } = await behind.codeFor(card);
  const other = await behind.ask('main', code, {});
  const mine = await behind.codeFor(card);
  const first = await behind.ask('main', mine.code, { cookie: mine.cookie });
  const second = await behind.ask('main', mine.code, { cookie: mine.cookie });
  const rest = await behind.ask('card', '/relations', {});
  return [
    found('headers that the client writes himself open no session', cookies, []),
    found('they are gone on the card’s host', there.to?.endsWith('/sign-in?failed=no'), true),
    found('and refused at the portal itself', direct.to?.endsWith('/sign-in?failed=no'), true),
    found('a code is nothing in another browser', [other.status, cookie !== ''], [401, true]),
    found('a code is good once', [first.status, second.status], [303, 401]),
    found('nothing else is on the card’s host', rest.status, 404),
  ];
}
