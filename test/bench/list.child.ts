import type { AddressInfo, Server } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Report } from './list.server.ts';

const RESOLUTION = 5;

/** Answers the benchmark that started us with our port, memory and the delay of our main loop, until it lets go. */
export function reporting(server: Server): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const tell = () => {
    const loop = { p99: delay.percentile(99) / 1e6 - RESOLUTION, max: delay.max / 1e6 - RESOLUTION };
    const report: Report = { port: (server.address() as AddressInfo).port, rss: process.memoryUsage.rss(), loop };
    process.send?.(report);
    delay.reset();
  };
  process.on('message', tell);
  process.on('disconnect', () => process.exit());
  tell();
}
