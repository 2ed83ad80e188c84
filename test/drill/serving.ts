import type pg from 'pg';
import { SECRET } from '../bench/list.server.ts';

/** What a portal in production is told; its log is as long as it is by default. */
export const HOST = 'interim.example';

/** @param trust folder with the authority of cards */
export function production(database: pg.ClientConfig, user: string, trust: string): Record<string, string> {
  const { host, port, database: name } = database;
  return {
    DATABASE_URL: `postgres://${user}@localhost/${name}?host=${encodeURIComponent(String(host))}&port=${port}`,
    PUBLIC_URL: `https://${HOST}`,
    SESSION_SECRET: SECRET,
    EID_TRUST: trust,
    TRUST_PROXY: '127.0.0.1',
    SIGN_IN: 'eid,token',
    TOKEN_PEPPER: SECRET,
  };
}
