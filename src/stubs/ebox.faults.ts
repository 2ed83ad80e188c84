import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';
import { type Answer, refusal } from './ebox.message.ts';
import { answer, escaped, HTML, JSON_TYPE, stubPage } from './stub-page.ts';

/** What the registry does wrong with publications until told otherwise, and the page where a person or a drill tells it. */
export const FAULTS = {
  'die-after': 'keeps the message and cuts the line',
  'silent-after': 'keeps the message and never answers',
  '500': 'answers 500',
  '503': 'answers 503',
  '429': 'answers 429',
  '401': 'answers 401',
  digest: 'says that a right digest is wrong',
  slow: 'takes three seconds',
} as const;
export type EboxFault = keyof typeof FAULTS;

const SLOW = 3_000;
const isFault = (word: string): word is EboxFault => Object.hasOwn(FAULTS, word);

export class EboxFaults {
  #failing: { fault: EboxFault; left: number } | null = null;

  /** For this many publications; always, where no number is given. */
  set(fault: EboxFault | null, times = Number.POSITIVE_INFINITY): void {
    this.#failing = fault && { fault, left: times };
  }

  /** For the publication at hand. */
  take(): EboxFault | null {
    const now = this.now();
    if (this.#failing) this.#failing.left--;
    return now?.fault ?? null;
  }

  now(): { fault: EboxFault; left: number } | null {
    return this.#failing && this.#failing.left > 0 ? this.#failing : null;
  }
}

/** Publishes, unless it is to fail. Null: this request is never answered. */
export async function failing(
  fault: EboxFault | null,
  response: ServerResponse,
  publish: () => Answer,
): Promise<Answer | null> {
  if (fault === '500') return refusal(500, 'TECHNICAL_ERROR', 'Internal error');
  if (fault === 'digest') return refusal(400, 'DIGEST_DO_NOT_MATCH', 'Issue with Digest');
  if (fault === '503' || fault === '429' || fault === '401') return { status: Number(fault), body: null };
  if (fault === 'slow') await after(SLOW);
  const told = publish();
  if (fault === 'die-after') response.destroy();
  return fault === 'die-after' || fault === 'silent-after' ? null : told;
}

/** `GET /faults`, `/faults.json` how it stands · `POST /faults` (`fault`, empty: none; `times`, empty: always). */
export async function faultPages(
  faults: EboxFaults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') return told(faults, request, response);
  if (request.method !== 'GET') return answer(response, 405, 'text/plain', 'GET or POST');
  const now = faults.now();
  const left = now && Number.isFinite(now.left) ? now.left : null;
  if (request.url === '/faults.json')
    return answer(response, 200, JSON_TYPE, JSON.stringify({ fault: now?.fault ?? null, left }));
  return answer(response, 200, HTML, page(now?.fault ?? null, left));
}

async function told(faults: EboxFaults, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await text(request));
  const [fault = '', times = ''] = [form.get('fault') ?? '', form.get('times') ?? ''];
  const site = request.headers['sec-fetch-site'] ?? 'none';
  // another site's page in the same browser may not break the demo
  if (site !== 'same-origin' && site !== 'none') return answer(response, 403, 'text/plain', 'from this page only');
  if ((fault !== '' && !isFault(fault)) || !/^([1-9]\d{0,5})?$/.test(times))
    return answer(
      response,
      400,
      'text/plain',
      `fault: ${Object.keys(FAULTS).join(', ')} or none; times: a number or none`,
    );
  faults.set(isFault(fault) ? fault : null, times === '' ? undefined : Number(times));
  response.setHeader('location', '/faults');
  answer(response, 303, 'text/plain', '');
}

function page(fault: EboxFault | null, left: number | null): string {
  const stands = fault ? `${FAULTS[fault]}${left === null ? '' : `, ${left} more`}` : 'publishes as it should';
  const choices = Object.entries(FAULTS).map(
    ([value, words]) => `<option value="${value}"${value === fault ? ' selected' : ''}>${escaped(words)}</option>`,
  );
  return stubPage(
    'Let the eBox fail',
    `<p><a href="/">‹ My eBox</a></p><p>Now the eBox ${escaped(stands)}.</p>
<form method="post" action="/faults">
<p><label for="fault">With a publication it</label><br><select id="fault" name="fault"><option value="">publishes as it should</option>${choices.join('')}</select></p>
<p><label for="times">How many times (empty: until told otherwise)</label><br><input id="times" name="times" inputmode="numeric" pattern="[1-9][0-9]{0,5}"></p>
<p><button type="submit">Let it</button></p>
</form>`,
  );
}
