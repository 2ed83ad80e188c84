import type pg from 'pg';
import { SECRET } from '../bench/list.server.ts';

/** What a portal in production is told; its log is as long as it is by default. */
export const HOST = 'interim.example';

/** Of a cluster that listens on a socket. */
export function urlOf({ host, port, database }: pg.ClientConfig, user: string): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}&port=${port}`;
}

/** @param trust folder with the authority of cards */
export function production(databaseUrl: string, trust: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: `https://${HOST}`,
    SESSION_SECRET: SECRET,
    EID_TRUST: trust,
    TRUST_PROXY: '127.0.0.1',
    SIGN_IN: 'eid,token',
    TOKEN_PEPPER: SECRET,
  };
}
