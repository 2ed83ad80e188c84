import { openPair, type Pair } from './patroni.cluster.ts';
import { openPortalOn, type Running } from './portal.running.ts';

/** One portal that reaches a pair of databases by HAProxy, and the pair. */
export interface Setting extends Running {
  pair: Pair;
}

export async function openSetting(): Promise<Setting> {
  const pair = await openPair();
  await using standing = new AsyncDisposableStack();
  standing.defer(() => pair.close());
  await pair.whole();
  const running = await openPortalOn(pair);
  standing.defer(() => running.close());
  const started = standing.move();
  return { ...running, pair, close: () => started.disposeAsync() };
}
