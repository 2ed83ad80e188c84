import type { AddressInfo } from 'node:net';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { headText } from '../access/chain.ts';
import type { House } from '../house.ts';
import { measuring } from '../platform/metrics.ts';
import { eraseWhatRanOut } from './retention.ts';

/** Connections that the system keeps for us while the main loop is busy; those beyond it would try again only a second later. */
const BACKLOG = 4_096;
const SWEEP_EVERY = 15_000;
const SEAL_EVERY = 1_000;

/** A portal that listens; `end` closes what it opened, in-flight requests first. */
export interface Running {
  port: number;
  metricsPort: number | null;
  end(): Promise<void>;
}

export async function listen(
  house: House,
  app: FastifyInstance,
  at: { host: string; port: number; metricsPort: number | null },
): Promise<Running> {
  const metrics = await opened(house, app, at);
  const sweep = async () => {
    const { batches, reports, shifts, notices, clock, log } = house;
    const moment = { now: clock.now(), today: clock.today() };
    const takenUp = [batches.sweep(), reports.sweep(moment), shifts.sweep(moment), notices.sweep(moment.now)];
    await Promise.all([
      eraseWhatRanOut(house),
      ...takenUp.map((work) =>
        work.catch((error: Error) => log.warn({ err: error.message }, 'what was left over was not taken up')),
      ),
    ]);
  };
  void sweep();
  const sweeper = setInterval(sweep, SWEEP_EVERY);
  const sealer = sealingOf(house);
  return {
    port: (app.server.address() as AddressInfo).port,
    metricsPort: metrics?.port ?? null,
    async end() {
      clearInterval(sweeper);
      await sealer.stop();
      await app.close();
      await metrics?.close();
      await house.close();
    },
  };
}

/** Seals access rows behind the requests' backs. The head of the chain goes to the log: kept elsewhere, it vouches for the database. */
function sealingOf({ sealing, log, clock }: House): { stop(): Promise<void> } {
  let underWay: Promise<void> | null = null;
  let keptOn = '';
  const seal = async () => {
    const sealed = await sealing.seal();
    const head = sealed === 0 ? null : await sealing.head();
    if (head) log.info({ sealed, head: headText(head) }, 'access rows sealed');
    if (keptOn === clock.today()) return;
    const dropped = await sealing.keep();
    if (dropped.length > 0) log.info({ dropped }, 'access rows of ten years ago dropped');
    keptOn = clock.today();
  };
  const timer = setInterval(() => {
    underWay ??= seal()
      .catch((error: Error) => log.warn({ err: error.message }, 'access rows were not sealed, or old ones not dropped'))
      .finally(() => {
        underWay = null;
      });
  }, SEAL_EVERY);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** Sets the workers to work and opens both doors; where one stays shut, everything that stands is closed and the fault is told. */
async function opened(
  house: House,
  app: FastifyInstance,
  at: { host: string; port: number; metricsPort: number | null },
): Promise<Awaited<ReturnType<typeof measuring>> | null> {
  try {
    await house.jobs.start();
    await app.listen({ host: at.host, port: at.port, backlog: BACKLOG });
    return at.metricsPort === null ? null : await measuring(at.host, at.metricsPort, () => house.jobs.depths());
  } catch (error) {
    await app.close();
    await house.close();
    throw error;
  }
}

/** Ends well on Ctrl-C, SIGTERM and a fault nobody caught. @returns what ends it from inside */
export function endWell(house: House, end: () => Promise<void>): () => void {
  const { close } = closeWithGrace({ delay: 10_000, logger: false }, async ({ err, signal }) => {
    if (err) house.log.fatal({ err }, 'a fault that nobody caught');
    else house.log.info({ signal }, 'closing');
    await end();
  });
  return close;
}
