import { routesOf } from '../../src/app.ts';
import type { Route } from '../../src/web/route.ts';
import { ORIGIN, type TestApp } from '../app.ts';
import { AGENCY, temp } from '../rest/bodies.ts';
import { serviceOf } from '../rest/client.ts';
import { type Dice, encodedLoosely, fieldNames, HOSTILE, whole } from './fuzz.words.ts';
import { arrange, everybody, headersOf } from './rights.visitors.ts';
import { codeFor, declareFor, makeFeed, makeOverview, makeReport } from './routes.arrange.ts';

export interface Request {
  route: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** Makes up requests: every route, every kind of visitor, fields that the pages know and fields that nobody knows. */
export class Asker {
  /** National numbers of those who ask. */
  numbers: string[] = [];
  #portal: TestApp;
  #dice: Dice;
  #routes: Route[];
  #fields: string[];
  #words: string[];
  #token: string;
  #visitors: Record<string, string>[] = [];

  constructor(portal: TestApp, dice: Dice, words: string[], token: string) {
    this.#portal = portal;
    this.#dice = dice;
    this.#routes = routesOf(portal.house);
    this.#fields = fieldNames();
    this.#words = words;
    this.#token = token;
  }

  /** With something of each kind to be found. */
  static async of(portal: TestApp, dice: Dice): Promise<Asker> {
    const worker = '85073003328';
    const cookie = await portal.signInAs(worker);
    const periodId = await declareFor(portal, worker);
    await arrange(portal);
    const id = await makeOverview(portal, cookie);
    const { feedId, secret } = await makeFeed(portal, cookie);
    const { reportId, reportDraftId } = await makeReport(portal, cookie);
    const words = [
      periodId,
      id,
      await codeFor(portal, id),
      feedId,
      secret,
      reportId,
      reportDraftId,
      '2026-11',
      AGENCY,
      worker,
    ];
    const { token } = await serviceOf(portal, AGENCY);
    const asker = new Asker(portal, dice, words, token);
    asker.numbers = [worker, '98472899765', '94022722580', '01050399864'];
    return asker;
  }

  async refresh(): Promise<void> {
    this.#visitors = await Promise.all(
      everybody(this.#portal.house.clock.now()).map((somebody) => headersOf(this.#portal, somebody)),
    );
  }

  next(): Request {
    const dice = this.#dice;
    const route = dice.pick(this.#routes);
    const isKnown = dice.chance(0.97);
    const filled = route.path.replace(/:(\w+)/g, () => encodedLoosely(dice, this.#word()));
    const bare = isKnown ? filled : `${filled}/${encodedLoosely(dice, dice.pick(HOSTILE))}`;
    const method = dice.chance(0.95)
      ? route.method
      : dice.pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']);
    const body = method === 'GET' || method === 'HEAD' ? null : this.#body(route);
    const query = dice.chance(0.5) ? `?${this.#pairs(4)}` : '';
    return {
      route: `${route.method} ${route.path}`,
      method,
      path: `${bare}${query}`.slice(0, 14_000) || '/',
      headers: {
        ...this.#who(route),
        ...this.#wishes(),
        ...(body && { 'content-type': body.type, 'content-length': String(body.bytes.length) }),
      },
      body: body?.bytes ?? null,
    };
  }

  #who({ right }: Route): Record<string, string> {
    const dice = this.#dice;
    if (right === 'client' && dice.chance(0.8)) return { authorization: `Bearer ${this.#token}` };
    const own = dice.chance(0.9)
      ? { 'sec-fetch-site': 'same-origin' }
      : { origin: dice.pick([ORIGIN, 'null', 'https://elsewhere.example']) };
    return { ...dice.pick(this.#visitors), ...own };
  }

  #wishes(): Record<string, string> {
    const dice = this.#dice;
    return {
      // an address of his own each, or the bounds per address would answer everything
      'x-forwarded-for': Array.from({ length: 4 }, () => dice.below(256)).join('.'),
      ...(dice.chance(0.3) && {
        'accept-language': dice.pick(['nl', 'fr-BE', 'de;q=0.1', 'xx', '*', ';;;', 'nl;q=9']),
      }),
      ...(dice.chance(0.1) && { accept: dice.pick(['application/json', 'text/html', '*/*', 'x']) }),
      ...(dice.chance(0.1) && { 'accept-encoding': dice.pick(['br', 'gzip', 'identity;q=0', 'x']) }),
      ...(dice.chance(0.05) && { range: 'bytes=0-3' }),
      ...(dice.chance(0.05) && { 'if-none-match': '"x"' }),
      ...(dice.chance(0.1) && {
        'idempotency-key': dice.pick(['"x"', `"${crypto.randomUUID()}"`, '', '"7f1c7f1c-0000-4000-8000-000000000001"']),
      }),
    };
  }

  #word(): string {
    return this.#dice.chance(0.5) ? this.#dice.pick(this.#words) : this.#dice.pick(HOSTILE);
  }

  /** Fields as a form sends them; some twice, some broken. */
  #pairs(most: number): string {
    const dice = this.#dice;
    const pairs = Array.from({ length: dice.below(most) + 1 }, () => {
      const name = dice.chance(0.9) ? dice.pick(this.#fields) : dice.pick(HOSTILE).slice(0, 40);
      return `${encodeURIComponent(whole(name))}=${encodedLoosely(dice, this.#word())}`;
    });
    return dice.chance(0.1) ? `${pairs.join('&')}&${pairs[0]}` : pairs.join('&');
  }

  #body(route: Route): { type: string; bytes: Buffer } {
    const dice = this.#dice;
    const made = (type: string, text: string) => ({ type, bytes: Buffer.from(text) });
    const kind = dice.chance(0.85)
      ? route.upload
        ? 'file'
        : route.json || route.right === 'client'
          ? 'json'
          : 'form'
      : dice.pick(['form', 'json', 'file', 'xml', 'noise']);
    if (kind === 'form') return made('application/x-www-form-urlencoded', this.#pairs(8));
    if (kind === 'json') return made(dice.pick(['application/json', 'application/json; charset=utf-8']), this.#json());
    if (kind === 'xml') return made(dice.pick(['application/xml', 'text/xml']), this.#xml());
    if (kind === 'noise')
      return {
        type: dice.pick(['application/octet-stream', 'text/plain', '', 'x', 'multipart/form-data']),
        bytes: dice.bytes(200),
      };
    const part = `--x\r\nContent-Disposition: form-data; name="${dice.pick(['file', 'other'])}"; filename="${dice.pick(['a.xml', '../a', ''])}"\r\n\r\n`;
    return made('multipart/form-data; boundary=x', `${part}${this.#xml()}\r\n${dice.chance(0.9) ? '--x--\r\n' : ''}`);
  }

  /** A declaration of which something is changed, or no declaration at all. */
  #json(): string {
    const dice = this.#dice;
    if (dice.chance(0.1))
      return dice.pick(['', '{', '[]', 'null', '"x"', '{"__proto__":{"a":1}}', `${'['.repeat(3_000)}`, '{"a":1e999}']);
    const body = structuredClone(temp()) as Record<string, unknown>;
    const changes = dice.below(3);
    for (let change = 0; change < changes; change++) {
      let at: Record<string, unknown> = body;
      while (dice.chance(0.6)) {
        const below = Object.values(at).filter((one) => typeof one === 'object' && one !== null);
        if (below.length === 0) break;
        at = dice.pick(below) as Record<string, unknown>;
      }
      const key =
        dice.chance(0.8) && Object.keys(at).length > 0
          ? dice.pick(Object.keys(at))
          : dice.pick([...this.#fields, 'dimonaOut', 'dimonaUpdate', 'dimonaCancel', 'periodId']);
      at[key] = dice.chance(0.6)
        ? this.#word()
        : dice.pick([null, 0, -1, 1e21, true, [], {}, [[]], { periodId: this.#word() }]);
    }
    return JSON.stringify(body);
  }

  #xml(): string {
    const dice = this.#dice;
    const text = dice.pick(HOSTILE);
    return dice.pick([
      '',
      text,
      `<Dimona>${text}</Dimona>`,
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${'c'.repeat(50)}">]><Dimona>&b;</Dimona>`,
      `<Dimona xmlns="x"><Form><Identification>DIMONA</Identification><FormCreationDate>${text}</FormCreationDate></Form></Dimona>`,
      '<Dimona><Form>'.repeat(200),
    ]);
  }
}
