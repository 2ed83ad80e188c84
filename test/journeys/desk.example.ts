import type { Declaration } from '../../src/declarations/declaration.ts';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { NOW, type Portal, personCalled } from './portal.ts';

/** The agency at whose desk the journeys sit. */
export const TEMPO = FIRMS.tempo.enterpriseNumber as string;

const declared = (over: Partial<Declaration>): Declaration => ({
  kind: 'IN',
  receivedAt: NOW,
  employer: { enterpriseNumber: TEMPO },
  worker: { insz: personCalled('Dvořák').insz },
  startDate: '2026-12-07',
  endDate: '2026-12-11',
  workerType: 'OTH',
  jointCommittee: '322',
  userCompany: { enterpriseNumber: FIRMS.zwaan.enterpriseNumber as string, jointCommittee: 'XXX' },
  ...over,
});

/** Some work for the desk: three that are refused, one of which is declared again, one late, and 60 days to check. */
export async function fillDesk({ house }: Portal): Promise<void> {
  const days = Array.from({ length: 60 }, (_, i) => {
    const day = `2027-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
    return declared({ startDate: day, endDate: day, worker: { insz: personCalled('Novák').insz } });
  });
  const some = [
    declared({}),
    declared({}),
    declared({ endDate: '2026-12-01', userCompany: { jointCommittee: 'XXX' } }),
    declared({ startDate: '2026-12-14', endDate: '2026-12-13' }),
    declared({ startDate: '2026-12-14', endDate: '2026-12-18' }),
    declared({ startDate: '2026-11-20', endDate: '2026-11-20', worker: { insz: personCalled('Novák').insz } }),
    ...days,
  ];
  const received = some.map((declaration) => ({ declaration, sourceKey: null }));
  await house.intake.receive(received, { channel: 'service', now: NOW, sender: 'client:payroll' });
}
