// A Chromium for the journeys: one that is installed, else Playwright's own download, else Debian's package. The one without a desktop's windows
// first: it takes two thirds of the time.
import { spawnSync } from 'node:child_process';
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

/** @returns the path of a Chromium. Throws with what was tried when there is none to be had. */
export function chromium() {
  return installed() ?? fromPlaywright() ?? fromDebian() ?? fail();
}

function installed() {
  return PLACES.find((place) => place && existsSync(place));
}

function fromPlaywright() {
  const asked = `import('playwright-core').then(({ chromium }) => process.stdout.write(chromium.executablePath()))`;
  const place = spawnSync(NODE, ['-e', asked], { cwd: ROOT, encoding: 'utf8' }).stdout;
  if (place && existsSync(place)) return place;
  process.stderr.write('Fetching a Chromium for the tests…\n');
  spawnSync(NODE, [path.join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 120_000,
  });
  return place && existsSync(place) ? place : undefined;
}

function fromDebian() {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return undefined;
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  apt('update');
  for (const name of ['chromium-headless-shell', 'chromium']) {
    apt('install', '-y', '--no-install-recommends', name);
    if (installed()) break;
  }
  return installed();
}

function fail() {
  throw new Error(
    'no Chromium: none installed, none from Playwright, none from Debian. Install one, or name it in CHROMIUM.',
  );
}
