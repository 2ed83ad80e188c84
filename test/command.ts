import { spawn } from 'node:child_process';
import path from 'node:path';
import type pg from 'pg';

/** Runs a command of the portal on a test's database, as its own process. */
export function run(
  { host, port, user, database }: pg.ClientConfig,
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const address = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}&port=${port}`;
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const main = path.join(import.meta.dirname, '../src/main.ts');
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, DATABASE_URL: address, ...env },
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    told.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    told.err += chunk;
  });
  child.stdin.on('error', () => undefined); // it may have ended without reading
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...told }));
  });
}
