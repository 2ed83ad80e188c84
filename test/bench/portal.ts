import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
import { type Errand, PUBLIC_URL, type Report, SECRET } from './list.server.ts';

/** The portal as it runs in production, in a process of its own; its log goes where standard output goes. */
const { connection } = JSON.parse(process.argv[2] ?? '') as Errand;
const config = readConfig('command', { LOG_LEVEL: 'info' });
const house = buildHouse({ config, connection, publicUrl: PUBLIC_URL, secret: SECRET, trust: [] });
const app = await buildApp(house);
await app.listen({ host: '127.0.0.1', port: 0 });
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const report = (): Report => ({
  port: (app.server.address() as AddressInfo).port,
  rss: process.memoryUsage.rss(),
  loop: { p99: delay.percentile(99) / 1e6 - 5, max: delay.max / 1e6 - 5 },
});
process.on('message', () => {
  process.send?.(report());
  delay.reset();
});
process.on('disconnect', () => process.exit());
process.send?.(report());
void writeFileSync;
