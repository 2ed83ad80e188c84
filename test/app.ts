import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { buildHouse, type House } from '../src/house.ts';
import { cookieName } from '../src/identity/sessions.ts';
import { signIn } from '../src/identity/sign-in.actions.ts';
import type { StaffRight } from '../src/identity/visitor.ts';
import type { Hashing } from '../src/keys/hashing.ts';
import { patternsRoutes } from '../src/patterns/patterns.ts';
import { createLog } from '../src/platform/log.ts';
import { type DemoEid, demoEid } from '../src/stubs/eid-ca.ts';
import { openTestDatabase } from './database.ts';
import { EID_FOLDER } from './demo.keys.ts';
import { drawing } from './drawing.ts';

export const ORIGIN = 'http://localhost:3999';

/** An environment in which every sign-in method is offered. */
export const ALL_METHODS = {
  SIGN_IN: 'eid,mtls,token,csam',
  TRUST_PROXY: '127.0.0.1',
  MTLS_SECRET: 'of a proxy that no test of this starts',
  MTLS_URL: 'https://card.interim.example',
};

/** Headers of a write from our own pages. */
export const OWN = { 'sec-fetch-site': 'same-origin' };

export interface TestApp {
  app: FastifyInstance;
  house: House;
  /** As the owner of the tables. */
  db: pg.Pool;
  connection: pg.ClientConfig;
  eid: DemoEid;
  /** Opens a session without a card; @returns the Cookie header. */
  signInAs(insz: string, names?: { givenName?: string | null; familyName?: string }): Promise<string>;
  /** Opens a session that acts for an agency, which the directory has from now on; @returns the Cookie header. */
  signInAsStaff(insz: string, agencyNumber: string, right: StaffRight, familyName?: string): Promise<string>;
  close(): Promise<void>;
}

/** The whole portal on a database of its own, without a port; `at` sets where its clock starts. */
export async function openTestApp(
  options: {
    at?: string;
    publicUrl?: string;
    log?: NodeJS.WritableStream;
    trust?: string[];
    /** In place of argon2, for tests that count or have no time. */
    hashing?: Hashing;
    /** Of the environment: by default the cards of tests are not asked for revocation. */
    environment?: Record<string, string>;
  } = {},
): Promise<TestApp> {
  const { db, connection, patient, close } = await openTestDatabase();
  const eid = await demoEid(EID_FOLDER);
  const publicUrl = options.publicUrl ?? ORIGIN;
  const environment = {
    EID_OCSP: 'off',
    SIGN_IN: 'eid,token,csam',
    CSAM_ISSUER: 'http://127.0.0.1:9/fas/oauth2', // nobody is there
    CSAM_CLIENT_ID: 'interim',
    CSAM_CLIENT_SECRET: 'a secret of the tests',
    ...(options.at ? { PORTAL_NOW: options.at } : {}),
    ...options.environment,
  };
  const config = readConfig('demo', environment);
  const log = createLog(options.log ? 'info' : 'silent', options.log);
  const trust = [eid.anchorsDir, ...(options.trust ?? [])];
  const house = buildHouse({
    drawing: drawing(),
    config,
    connection: patient,
    publicUrl,
    secret: 'a secret for tests, of 32 characters',
    pepper: 'a pepper for tests, of 32 characters',
    ...(options.hashing && { hashing: options.hashing }),
    trust,
    log,
  });
  const app = await buildApp(house, { lateMs: 0, more: patternsRoutes() }); // never shed: a machine that runs other tests too is slow, not overwhelmed
  const signInAs: TestApp['signInAs'] = async (insz, names = {}) => {
    const who = {
      insz,
      givenName: names.givenName === undefined ? 'Łukasz' : names.givenName,
      familyName: names.familyName ?? 'Dvořák',
      method: 'eid',
      assurance: 500,
      evidence: {},
    } as const;
    const about = { who, now: house.clock.now(), secret: house.secret, replaces: null, requestId: 'test' };
    const { token } = await signIn(house, about);
    return `${cookieName(publicUrl, 'session')}=${token}`;
  };
  return {
    app,
    house,
    db,
    connection,
    eid,
    signInAs,
    async signInAsStaff(insz, agencyNumber, right, familyName = 'Peeters') {
      await signInAs(insz, { givenName: 'Jan', familyName }); // makes him known
      await db.query(
        `insert into enterprises (enterprise_number, name, kind) values ($1, $2, 'agency') on conflict do nothing`,
        [agencyNumber, `Agency ${agencyNumber}`],
      );
      await db.query(
        `insert into agency_staff (agency_number, worker_id, right_held, added_at)
         select $1, worker_id, $2, now() from worker_numbers where insz = $3 on conflict do nothing`,
        [agencyNumber, right, insz],
      );
      const cookie = await signInAs(insz, { givenName: 'Jan', familyName });
      const answer = await app.inject({
        method: 'POST',
        url: '/capacity',
        headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: `capacity=${agencyNumber}`,
      });
      const [kept] = [answer.headers['set-cookie'] ?? ''].flat();
      return kept?.split(';')[0] ?? '';
    },
    async close() {
      await app.close();
      await house.close();
      await close();
    },
  };
}
