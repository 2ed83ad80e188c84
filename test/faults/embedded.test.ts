import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../processes.ts';
import { type Cluster, openCluster, until } from './cluster.ts';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await openCluster();
}, 60_000);
afterEach(() => cluster.close());

/** Another process that holds the cluster until it is killed. */
async function holder(): Promise<{ pid: number }> {
  const module = path.join(import.meta.dirname, '../../src/platform/postgres.embedded.ts');
  const script = `import(${JSON.stringify(module)}).then(async ({ holdEmbedded }) => {
    await holdEmbedded(${JSON.stringify(cluster.home)});
    process.stdout.write('held');
    setInterval(() => undefined, 1000);
  })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { pid: child.pid as number };
}

describe('the embedded PostgreSQL', () => {
  it('stays while anybody holds it and goes with the last one, however he goes', async () => {
    const postmaster = cluster.postmaster();
    const { pid } = await holder();
    await cluster.release();
    expect(isAlive(postmaster)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(postmaster), 5_000, 'PostgreSQL gone');
  }, 60_000);

  it('is stopped and started anew, data and all, when its guardian was killed', async () => {
    const before = cluster.postmaster();
    process.kill(cluster.guardian(), 'SIGKILL');
    const again = await cluster.hold();
    expect(cluster.postmaster()).not.toBe(before);
    expect(isAlive(before)).toBe(false);
    await again.release();
  }, 60_000);
});
