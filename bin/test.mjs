// Everything: installs what is missing, types, lint, then every test (guards, rules, PostgreSQL, routes, journeys in a real browser).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';
import { chromium } from './chromium.mjs';
import { install, NODE, ROOT } from './install.mjs';

const packages = install();
const [browser] = await Promise.all([chromium(packages), packages]);
const isFullMatrix = process.argv.includes('--a11y');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!isFullMatrix && wanted.length === 0) await check();

// of this run alone: what tests write beside the checkout goes with it, unless something failed and wants to be looked at
const TMPDIR = mkdtempSync(path.join(os.tmpdir(), 'interim-'));
const report = path.join(TMPDIR, 'report.json');
const tests = isFullMatrix ? ['test/journeys/accessibility.test.ts'] : wanted;
const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
// a hundred processes load the same modules: compiled once, each starts in half the time
const NODE_COMPILE_CACHE = path.join(ROOT, 'node_modules/.cache/compiled');
const env = {
  ...process.env,
  TMPDIR,
  NODE_COMPILE_CACHE,
  CHROMIUM: browser,
  ...(isFullMatrix ? { A11Y: 'full' } : {}),
};
delete env.DATABASE_URL; // tests only ever touch the embedded database
const { status } = spawnSync(
  NODE,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...tests],
  { cwd: ROOT, stdio: 'inherit', env },
);

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
if (status === 0) rmSync(TMPDIR, { recursive: true, force: true, maxRetries: 10 });
process.exit(status ?? 1);
