import { readConfig } from '../../src/config.ts';
import type { Received } from '../../src/declarations/declarations.batch.ts';
import { buildHouse } from '../../src/house.ts';
import { createLog } from '../../src/platform/log.ts';
import { drawing } from '../drawing.ts';

/** A portal that takes declarations and sends notices, to be killed. Told by its parent what to declare; tells what is kept. */

/** A declaration of the drill: the n-th, for a worker, on a day, at a company whose name is found in no other. */
export interface Asked {
  n: number;
  insz: string;
  day: string;
}
export type Word = { declare: Asked[] };
export type Answer = 'ready' | { kept: number[] };

const { DRILL_CONNECTION = '{}', ...environment } = process.env;
const house = buildHouse({
  drawing: drawing(),
  config: readConfig('demo', environment),
  connection: JSON.parse(DRILL_CONNECTION),
  publicUrl: 'http://localhost:3999',
  secret: 'a secret for drills, of 32 characters',
  trust: [],
  log: createLog('silent'),
});
await house.jobs.start();
setInterval(() => void house.notices.sweep(house.clock.now()).catch(() => undefined), 500);
process.on('message', ({ declare }: Word) => void receive(declare));
process.send?.('ready' satisfies Answer);

async function receive(asked: Asked[]): Promise<void> {
  const now = house.clock.now();
  const received = asked.map(({ n, insz, day }): Received => {
    const userCompany = { name: companyOf(n), address: { street: 'Kade', city: 'Gent' }, jointCommittee: 'XXX' };
    return {
      sourceKey: `drill:${n}`,
      declaration: {
        kind: 'IN',
        receivedAt: now,
        employer: { enterpriseNumber: '0403449823' },
        worker: { insz },
        startDate: day,
        endDate: day,
        workerType: 'OTH',
        jointCommittee: '322',
        userCompany,
      },
    };
  });
  await house.intake.receive(received, { channel: 'service', now });
  process.send?.({ kept: asked.map(({ n }) => n) } satisfies Answer);
}

function companyOf(n: number): string {
  return `Firma ${String(n).padStart(6, '0')}`;
}
