import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { agency, answerTo, evening, temp, userCompany, without } from './intake.example.ts';

type Row = [answer: string, what: string, refused: Declaration, accepted: Declaration];
const atUser = (changes: object) =>
  temp({ userCompany: { enterpriseNumber: userCompany, jointCommittee: 'XXX', ...changes } });
const nameless = { jointCommittee: 'XXX' };

const parties: Row[] = [
  ['B 00014-235', 'agency not in the directory', temp({ employer: { enterpriseNumber: '0206731645' } }), temp()],
  [
    'B 00014-235',
    'no agency named',
    temp({ employer: {} }),
    temp({ employer: { enterpriseNumber: agency, nssoNumber: '1' } }),
  ],
  [
    'B 00011-235',
    'agency by NSSO number alone',
    temp({ employer: { nssoNumber: '100006' } }),
    temp({ employer: { nssoNumber: '935467' } }),
  ],
  [
    'B 00024-003',
    'INSZ with a wrong check digit',
    temp({ worker: { insz: '85073003329' } }),
    temp({ worker: { insz: '17073003384' } }),
  ],
  [
    'B 90017-151',
    'nobody known by that name',
    temp({ worker: { insz: '0', familyName: 'Dubois' } }),
    temp({ worker: { insz: '0', familyName: 'Peeters' } }),
  ],
  ['B 90017-151', 'no person', without(temp(), 'worker'), temp()],
  [
    'B 90017-363',
    'occasional worker without INSZ',
    evening('2026-11-23', { worker: { familyName: 'Peeters' } }),
    evening('2026-11-23'),
  ],
  ['B 00655-001', 'no worker type', without(temp(), 'workerType'), temp({ workerType: 'NEW' })],
  [
    'B 00046-001',
    'no joint committee',
    without(temp(), 'jointCommittee', 'userCompany'),
    without(temp({ jointCommittee: 'XXX' }), 'userCompany'),
  ],
  ['B 00046-001', 'no joint committee of the user', temp({ userCompany: { enterpriseNumber: userCompany } }), temp()],
  ['B 00046-008', 'joint committee not in the list', temp({ jointCommittee: '200' }), temp({ jointCommittee: '149' })],
  [
    'B 00046-008',
    'user company in temp work itself',
    atUser({ jointCommittee: '322' }),
    atUser({ jointCommittee: '124' }),
  ],
  ['B 90107-001', 'temp without user company', without(temp(), 'userCompany'), temp()],
  [
    'B 90107-351',
    'user company without number and name',
    temp({ userCompany: { ...nameless, enterpriseNumber: '0' } }),
    temp({ userCompany: { ...nameless, name: 'Müller GmbH' } }),
  ],
  ['B 90107-352', 'user company with number and name', atUser({ name: 'Bakkerij Janssens' }), atUser({ name: ' ' })],
  [
    'B 00131-003',
    'number of the user company wrong',
    atUser({ enterpriseNumber: '0431150351' }),
    atUser({ enterpriseNumber: '0207437468' }),
  ],
  ['B 90374-349', 'a type temps never have', temp({ workerType: 'STG' }), temp({ workerType: 'DWD' })],
  [
    'B 90374-349',
    'occasional work outside its sectors',
    evening('2026-11-23', { userCompany: { enterpriseNumber: userCompany, jointCommittee: '140' } }),
    evening('2026-11-23', { userCompany: { enterpriseNumber: userCompany, jointCommittee: '320' } }),
  ],
  [
    'B 90374-349',
    'building worker outside building',
    temp({ workerType: 'BCW' }),
    temp({ workerType: 'BCW', userCompany: { enterpriseNumber: userCompany, jointCommittee: '124' } }),
  ],
];

describe('an IN is refused for', () => {
  test.each(parties)('%s: %s', (answer, _, refused, accepted) => {
    expect(answerTo(refused)).toBe(answer);
    expect(answerTo(accepted)).toMatch(/^[AW]/);
  });

  test('nothing in a user company named outside temp work, which is kept as it is', () => {
    const elsewhere = { jointCommittee: '302', userCompany: { enterpriseNumber: userCompany, jointCommittee: '999' } };
    expect(answerTo(evening('2026-11-23', elsewhere))).toBe('A');
  });
});
