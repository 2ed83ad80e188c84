import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copiedBinaries, holdEmbedded } from '../../src/platform/postgres.embedded.ts';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'interim-embedded-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the embedded PostgreSQL', () => {
  it('is copied so that another user may run it, however strict the umask of who installs', () => {
    const umask = process.umask(0o077);
    try {
      mkdirSync(at('package/native/bin'), { recursive: true });
      writeFileSync(at('package/package.json'), '{ "version": "18.4.0" }');
      writeFileSync(at('package/native/bin/postgres'), '', { mode: 0o700 });
      writeFileSync(at('package/native/postgres.bki'), '', { mode: 0o600 });
      const modes = () => {
        const copy = copiedBinaries(at('package/native'), folder);
        expect(copy).toBe(at('postgresql-18.4.0'));
        const found = ['.', 'bin', 'bin/postgres', 'postgres.bki'].map((name) => statSync(path.join(copy, name)).mode);
        return found.map((mode) => (mode & 0o777).toString(8));
      };
      expect(modes()).toEqual(['755', '755', '755', '644']);
      for (const name of ['bin', 'bin/postgres', '.']) chmodSync(at('postgresql-18.4.0', name), 0o700); // as copied before
      expect(modes()).toEqual(['755', '755', '755', '644']);
    } finally {
      process.umask(umask);
    }
  });

  it('says at once why it does not start', async () => {
    const home = { root: at('home'), binaries: at('nowhere'), data: at('home/data'), sockets: at('s'), durable: false };
    mkdirSync(home.root);
    writeFileSync(at('home/postgres.log'), 'what was wrong last week\n');
    const fault = await holdEmbedded(home).catch((error: Error) => error.message);
    expect(fault).toMatch(/did not start; its log, \S+postgres\.log:\ninitdb failed: .*ENOENT/);
    expect(fault).not.toContain('last week');
  });
});
