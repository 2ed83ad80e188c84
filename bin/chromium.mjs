// A Chromium for the journeys: one that is installed, else Debian's package, else Playwright's own download. The one without a desktop's windows
// first: it takes two thirds of the time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { NODE, ROOT } from './install.mjs';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * @param packages resolves when ours are installed: Debian's are fetched in the meantime, Playwright is one of ours
 * @returns the path of a Chromium. Throws with what was tried when there is none to be had.
 */
export async function chromium(packages) {
  return installed() ?? (await fromDebian()) ?? (await fromPlaywright(packages)) ?? fail();
}

function installed() {
  return PLACES.find((place) => place && existsSync(place));
}

async function fromDebian() {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return undefined;
  process.stderr.write('Fetching a Chromium for the tests…\n');
  await quietly('apt-get', ['update']);
  for (const name of ['chromium-headless-shell', 'chromium']) {
    await quietly('apt-get', ['install', '-y', '--no-install-recommends', name]);
    if (installed()) break;
  }
  return installed();
}

async function fromPlaywright(packages) {
  await packages;
  const cli = path.join(ROOT, 'node_modules/playwright-core/cli.js');
  process.stderr.write('Fetching a Chromium from Playwright…\n');
  await quietly(NODE, [cli, 'install', 'chromium'], { timeout: 120_000 });
  const { chromium: known } = await import('playwright-core');
  return existsSync(known.executablePath()) ? known.executablePath() : undefined;
}

/** Whether it did what it should shows afterwards. */
async function quietly(command, args, options = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await once(spawn(command, args, { cwd: ROOT, stdio: 'ignore', env, ...options }), 'exit');
}

function fail() {
  throw new Error(
    'no Chromium: none installed, none from Debian, none from Playwright. Install one, or name it in CHROMIUM.',
  );
}
