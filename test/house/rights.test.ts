import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { patternsRoutes } from '../../src/patterns/patterns.ts';
import { type Refusal, RIGHTS, refusalOf } from '../../src/web/rights.ts';
import type { Right, Route } from '../../src/web/route.ts';
import { ALL_METHODS, OWN, openTestApp, type TestApp } from '../app.ts';
import { arrange, everybody, headersOf, type Somebody } from './rights.visitors.ts';
import { textOf } from './sources.ts';

let portal: TestApp;
let routes: Route[];

beforeAll(async () => {
  portal = await openTestApp({ environment: ALL_METHODS });
  routes = [...routesOf(portal.house), ...patternsRoutes()].filter(
    ({ right, path }) => right !== 'client' && !path.startsWith('/REST/'),
  );
  await arrange(portal);
});
afterAll(() => portal.close());

const CELLS: Record<Refusal | 'in', string> = {
  in: 'yes',
  'sign-in': 'signs in',
  'step-up': 'proves anew',
  capacity: 'chooses',
  forbidden: 'no',
};
const NOW = '2026-11-23T09:00:00Z';

/** The table of docs/rights.md: each right, what it takes, and what becomes of everybody. */
function printed(): string {
  const people = everybody(NOW);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => right !== 'client');
  const row = (right: Right, fresh: boolean) => {
    const level = RIGHTS[right].assurance || '–';
    const cells = people.map(({ visitor }) => CELLS[refusalOf({ right, fresh }, visitor, NOW) ?? 'in']);
    return line([`\`${right}\`${fresh ? ', fresh' : ''}`, fresh ? '500' : `${level}`, ...cells]);
  };
  return [
    line(['right', 'least level', ...people.map(({ name }) => name)]),
    line(['---', '---', ...people.map(() => '---')]),
    ...rights.flatMap((right) =>
      right === 'worker' || right === 'signedIn' ? [row(right, false), row(right, true)] : [row(right, false)],
    ),
  ].join('\n');
}

describe('docs/rights.md', () => {
  it('is the table in the code', () => {
    expect(textOf('docs/rights.md')).toContain(`\n${printed()}\n`);
  });

  it('says what every right takes', () => {
    const levels = Object.entries(RIGHTS).map(([right, { assurance }]) => [right, assurance]);
    expect(Object.fromEntries(levels)).toMatchObject({
      worker: 300,
      'agency:view': 400,
      'agency:declare': 400,
      'agency:manage': 400,
      support: 400,
    });
  });
});

/** What became of him, told from the answer alone. */
function outcomeOf(answer: { statusCode: number; headers: Record<string, unknown>; body: string }): Refusal | 'in' {
  const to = String(answer.headers.location ?? '');
  if (to.startsWith('/sign-in?') && to.includes('&again=1')) return 'step-up';
  if (answer.statusCode === 401 || to.startsWith('/sign-in?')) return 'sign-in';
  if (to.startsWith('/capacity?') || to === '/capacity') return 'capacity';
  return answer.statusCode === 403 ? 'forbidden' : 'in';
}

/** A program hears a status in place of a way. */
function expected(route: Route, who: Somebody): Refusal | 'in' {
  const refusal = refusalOf(route, who.visitor, portal.house.clock.now()) ?? 'in';
  return route.answers === 'data' && (refusal === 'capacity' || refusal === 'step-up') ? 'forbidden' : refusal;
}

async function ask(route: Route, who: Somebody) {
  const type = route.json ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers = await headersOf(portal, who);
  const write = { headers: { ...OWN, ...headers, 'content-type': type }, payload: route.json ? '{}' : '' };
  const url = route.path.replace(/:\w+/g, 'AAAAAAAAAAAAAAAAAAAAAA');
  return portal.app.inject({ method: route.method, url, headers, ...(route.method === 'POST' ? write : {}) });
}

/** Whoever may ask a form's address may still be told that he chose nothing he has a right to. */
const OWN_REFUSALS = ['POST /capacity'];

describe('every address', () => {
  it.each(everybody(NOW).map(({ name }, at) => [name, at] as const))(
    'treats “%s” as the table says',
    async (_, at) => {
      const who = everybody(portal.house.clock.now())[at];
      if (!who) throw new Error('nobody');
      for (const route of routes) {
        const title = `${route.method} ${route.path}`;
        // a sign-in method says 401 itself, to everybody
        if (route.right === 'public' || OWN_REFUSALS.includes(title)) continue;
        expect(outcomeOf(await ask(route, who)), title).toBe(expected(route, who));
      }
    },
    60_000,
  );
});
