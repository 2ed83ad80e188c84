import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const ROOT = path.join(import.meta.dirname, '../..');

/** Where a program runs, as whom, and into which file it speaks instead of onto our terminal. */
export interface Place {
  cwd?: string;
  uid?: number | undefined;
  log?: string;
}

/** A program with nothing of our own environment but where programs are, and what of them is compiled already. */
export function start(
  file: string,
  args: string[],
  env: Record<string, string>,
  { cwd = ROOT, uid, log }: Place = {},
): ChildProcess {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const said = log === undefined ? 'inherit' : openSync(log, 'a');
  return spawn(file, args, {
    cwd,
    env: { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), ...env },
    stdio: ['ignore', said, said],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return;
  child.kill(signal);
  await once(child, 'exit');
}

export async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (hasEnded(child)) throw new Error('what was started ended at once');
    const socket = net.connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await pause(100);
  }
  throw new Error(`nobody listens on port ${port}`);
}

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
