import { deliverThroughFaults } from '../faults/deliveries.ts';
import { type Finding, found } from './finding.ts';

const MANY = 1_000;

/** A thousand deliveries while eBox, mail server, database and the portal itself die: nothing lost, nothing twice. */
export async function drillDeliveries(): Promise<Finding[]> {
  const { kills, restarts, seconds, sent, ebox, mail } = await deliverThroughFaults(MANY, 1_200_000);
  return [
    found(`deliveries told as sent (${kills} kills, ${restarts} restarts, ${seconds.toFixed(0)} s)`, sent, MANY),
    found('in the eBox', ebox, { once: MANY / 2, oftener: 0, never: 0 }),
    found('by mail', mail, { arrived: MANY / 2, lost: 0, torn: 0 }),
  ];
}
