import { expect, it } from 'vitest';
import { tellMany } from '../drill/notices.run.ts';

it('tells each declaration once, over midnight and the change to summer time, however often the portal is killed', async () => {
  const told = await tellMany({ declarations: 60, workers: 6, kills: 2 });
  expect(told).toMatchObject({ promised: 60, lost: 0, twice: 0, misplaced: 0, early: 0 });
}, 300_000);
