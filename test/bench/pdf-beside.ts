import { asOwner, openCluster } from './database.ts';
import { ADDRESS, DATABASE_CORE, PUBLIC_URL, pin, startServer } from './list.server.ts';
import { openSessions } from './list.ts';
import { type OpenLoop, openLoop } from './open-loop.ts';
import { median, type Table } from './table.ts';

const SIZE = { workers: 6_000, periods: 110_000, seed: 'bench' };
const ROUNDS = process.argv.includes('--short') ? 3 : 7;
const SECONDS = process.argv.includes('--short') ? 4 : 8;
const [PAGES, PDFS] = [300, 10];
/** A list alone that is slower than this (p99, ms) met a machine that is busy otherwise. */
const QUIET = 30;

/** The list page at 300 a second, without and with ten overviews a second being made beside it, in turns. */
export async function benchBeside(): Promise<Table> {
  const cluster = await openCluster(process.argv.includes('--keep'));
  let portal: Awaited<ReturnType<typeof startServer>> | undefined;
  try {
    const { owner, portal: connection } = await cluster.filled(SIZE);
    const cookies = await asOwner(owner, openSessions);
    pin(cluster.postmaster, DATABASE_CORE);
    portal = await startServer('portal.ts', { connection });
    const { port } = portal;
    const cookie = (n: number) => ({ cookie: cookies[n % cookies.length] ?? '' });
    const pages = () =>
      openLoop({ port, perSecond: PAGES, seconds: SECONDS, ask: (n) => ({ path: ADDRESS, headers: cookie(n) }) });
    let ordered = 0;
    const overviews = () =>
      openLoop({
        port,
        perSecond: PDFS,
        seconds: SECONDS,
        ask: () => ({ path: '/overviews', method: 'POST', headers: { ...cookie(ordered++), origin: PUBLIC_URL } }),
      });
    await Promise.all([pages(), overviews()]); // warms up
    const [without, beside, orders]: [OpenLoop[], OpenLoop[], OpenLoop[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      without.push(await pages());
      const [page, order] = await Promise.all([pages(), overviews()]);
      beside.push(page);
      orders.push(order);
    }
    return tableOf(without, beside, orders);
  } finally {
    await portal?.stop();
    await cluster.close();
  }
}

function tableOf(without: OpenLoop[], beside: OpenLoop[], orders: OpenLoop[]): Table {
  const ms = (of: OpenLoop[], what: 'p50' | 'p99') => median(of.map((one) => one[what])).toFixed(1);
  const faults = (of: OpenLoop[]) => of.reduce((sum, one) => sum + one.faults, 0);
  const ratio = median(beside.map((one, i) => one.p99 / (without[i]?.p99 ?? Number.NaN)));
  const busy =
    Number(ms(without, 'p99')) > QUIET ? [`proves nothing: the list alone took more than ${QUIET} ms at p99`] : [];
  return {
    title: `List page at ${PAGES}/s (open loop), without and with ${PDFS} overviews/s beside it, ms`,
    columns: ['', 'p50', 'p99', 'faults'],
    rows: [
      ['list alone', ms(without, 'p50'), ms(without, 'p99'), faults(without)],
      ['list with overviews', ms(beside, 'p50'), ms(beside, 'p99'), faults(beside)],
      ['ordering an overview', ms(orders, 'p50'), ms(orders, 'p99'), faults(orders)],
    ],
    notes: [`p99 with / without: ${ratio.toFixed(2)} (goal ≤ 1.5); ${ROUNDS} rounds of ${SECONDS} s, medians`, ...busy],
  };
}
