import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type pg from 'pg';
import { buildApp } from '../app.ts';
import { DEMO_SECRET } from '../config.production.ts';
import { type Config, ConfigFaults, readConfig } from '../config.ts';
import { buildHouse } from '../house.ts';
import { hashing } from '../keys/hashing.ts';
import { readSeal } from '../overviews/seal.files.ts';
import type { Seal } from '../overviews/seal.ts';
import { patternsRoutes } from '../patterns/patterns.ts';
import { type Clock, clockFrom } from '../platform/clock.ts';
import { createLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { startEidCardStub } from '../stubs/eid-card.server.ts';
import { type DemoToken, demoKeys, demoTokens } from '../stubs/people.keys.ts';
import { DEMO_PEOPLE, demoFill, demoStaff } from '../stubs/people.ts';
import { demoWeek } from '../stubs/people.week.ts';
import { demoSeal } from '../stubs/seal.ts';
import { placeOf, withCsam, withEbox, withMailbox } from './demo.neighbours.ts';
import { type Ground, openGround, withClient } from './embedded.ts';
import { progressBar } from './progress.ts';
import { endWell, listen } from './running.ts';
import { configuredSeal } from './seal.ts';

const FOLDER = path.join(import.meta.dirname, '../../.data/demo');

/** The whole portal with made-up people and stubs of its neighbours. Data is kept between starts. */
export async function run(): Promise<number> {
  const config = readConfig('demo');
  const clock = clockFrom(config.PORTAL_NOW);
  await using standing = new AsyncDisposableStack(); // a start that fails leaves nothing standing
  const ground = await openGround(config);
  standing.defer(() => ground.release());
  const pepper = config.TOKEN_PEPPER ?? ownSecret('token-pepper');
  const tokens = demoTokens(ownSecret('paper-tokens'));
  await withClient(ground.owner, async (owner) => {
    await prepare(owner, config, ground, clock);
    await demoKeys(owner, tokens, { pepper, now: clock.now(), hashing: hashing() });
  });

  const port = await freePort(config);
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${port}`;
  const stub = await startEidCardStub({
    ...placeOf(config.EID_CARD_PORT, config, publicUrl),
    portalOrigin: publicUrl,
    people: DEMO_PEOPLE,
    tokens,
    dir: path.join(FOLDER, 'eid'),
    clock,
  });
  standing.defer(() => stub.close());
  const csam = await withCsam(config, publicUrl);
  standing.defer(() => csam.close());
  const mailbox = await withMailbox(csam.config, publicUrl);
  standing.defer(() => mailbox.close());
  const ebox = await withEbox(mailbox.config, publicUrl, path.join(FOLDER, 'ebox'));
  standing.defer(() => ebox.close());
  const log = createLog(process.stdout.isTTY && !config.given.has('LOG_LEVEL') ? 'warn' : config.LOG_LEVEL);
  const trust = config.EID_TRUST ? [stub.anchorsDir, config.EID_TRUST] : [stub.anchorsDir];
  const secret = config.SESSION_SECRET ?? ownSecret('session-secret');
  const seal = await sealOf(config);
  const house = buildHouse({
    config: ebox.config,
    connection: ground.portal,
    publicUrl,
    secret,
    pepper,
    trust,
    seal,
    cardUrl: stub.url,
    log,
  });
  await demoWeek(house.intake, { today: clock.today(), now: clock.now() });
  const app = await buildApp(house, { more: patternsRoutes() });
  const running = await listen(house, app, { host: config.HOST, port, metricsPort: config.METRICS_PORT ?? 0 });
  standing.defer(() => running.end());
  await ready(`http://${config.HOST}:${running.port}`);
  const started = standing.move();
  endWithParent(endWell(house, () => started.disposeAsync()));
  process.stdout.write(
    `${people()}${paperTokens(tokens, stub.url)}\n${mailbox.url ? `Mailbox at ${mailbox.url}\n` : ''}${ebox.url ? `eBox at ${ebox.url}\n` : ''}Virtual card reader at ${stub.url}, CSAM at ${csam.config.CSAM_ISSUER}, metrics at http://${config.HOST}:${running.metricsPort}/metrics\n\nPortal ready at ${publicUrl}\n`,
  );
  return 0;
}

/** Only a database that is embedded, new, or was marked by a demo before, is touched. */
async function prepare(owner: pg.Client, config: Config, ground: Ground, clock: Clock): Promise<void> {
  if (config.DATABASE_URL) await refuseForeign(owner);
  await migrate(owner, ground.role);
  await owner.query(`insert into installation (purpose) values ('demo') on conflict do nothing`);
  const named = DEMO_PEOPLE.map((person) => person.insz);
  const known = await owner.query('select from worker_numbers where insz = any($1) limit 1', [named]);
  if (known.rowCount === 0) await fill(owner, clock.today());
  else await demoStaff(owner, clock.now()); // filled by a version without them
}

async function refuseForeign(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ tables: number; marked: string | null }>(
    `select count(*)::int as tables, to_regclass('public.installation')::text as marked from pg_tables where schemaname = 'public'`,
  );
  if (rows[0]?.tables === 0) return;
  const mark = rows[0]?.marked ? await owner.query(`select from installation where purpose = 'demo'`) : null;
  if (!mark?.rowCount)
    throw new ConfigFaults(['DATABASE_URL: this database is not marked as a demo’s own; the demo does not touch it']);
}

async function fill(owner: pg.Client, today: string): Promise<void> {
  const bar = progressBar('Making up people');
  await demoFill(owner, today, bar.update);
  bar.stop();
}

/** The seal that somebody configured to try it, else the demo's own. */
async function sealOf(config: Config): Promise<Seal> {
  const given = configuredSeal(config);
  if (given) return given;
  const { keyFile, certificateFile } = await demoSeal(path.join(FOLDER, 'seal'));
  return readSeal(keyFile, certificateFile);
}

/** A secret of this installation's own, so that sessions and cards outlive a restart; its mark keeps it out of production. */
function ownSecret(name: string): string {
  const file = path.join(FOLDER, name);
  if (!existsSync(file)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, `${DEMO_SECRET}${randomBytes(32).toString('base64url')}`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/** The port asked for; where nobody asked, 3000 or the next free one, so that two demos stand beside each other. */
async function freePort(config: Config): Promise<number> {
  if (config.given.has('PORT')) return config.PORT;
  for (let port = config.PORT; port < config.PORT + 200; port++) if (await isFree(port, config.HOST)) return port;
  throw new Error('no free port from 3000 to 3199');
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function ready(url: string): Promise<void> {
  const answer = await fetch(`${url}/health/ready`);
  if (!answer.ok) throw new Error(`the portal does not become ready: ${answer.status}`);
}

function people(): string {
  const lines = DEMO_PEOPLE.map(
    ({ givenName, familyName, pin, about }) =>
      `  ${`${givenName ?? ''} ${familyName}`.padEnd(28)} PIN ${pin}   ${about.en}`,
  );
  return `\nPeople with a virtual card (choose one on the sign-in page):\n${lines.join('\n')}\n`;
}

function paperTokens(tokens: DemoToken[], url: string): string {
  const lines = tokens.map(
    ({ name, userName, password }) => `  ${name.padEnd(28)} ${userName}, password “${password}”`,
  );
  return `\nPeople with a paper token; their 24 codes stand on ${url}/tokens\n${lines.join('\n')}\n`;
}

/** The launcher that was killed cannot hand a signal on: we end when our parent is another one. */
function endWithParent(close: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) close();
  }, 500).unref();
}
