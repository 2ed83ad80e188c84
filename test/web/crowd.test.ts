import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from 'vitest';
import { Crowd, type Errand, errandOf } from '../../src/web/crowd.ts';

const nothing = async () => undefined;
/** @returns what became of somebody who comes: 'in', 'refused', or null while he waits */
function come(crowd: Crowd, errand: Errand, work: () => void = () => undefined): { fate: string | null } {
  const coming: { fate: string | null } = { fate: null };
  crowd.letIn(errand, {
    enter() {
      coming.fate = 'in';
      work();
    },
    refuse() {
      coming.fate = 'refused';
    },
  });
  return coming;
}
/** Work that lasts until it is told to end. */
function lasting(crowd: Crowd): { end(): Promise<void> } {
  let end: () => void = () => undefined;
  const work = crowd.within('look', () => new Promise<void>((resolve) => (end = resolve)));
  return {
    end() {
      end();
      return work;
    },
  };
}

it('tells who looks, who acts and what a service calls', () => {
  expect(errandOf({ method: 'GET', url: '/relations' })).toBe('look');
  expect(errandOf({ method: 'HEAD', url: '/' })).toBe('look');
  expect(errandOf({ method: 'POST', url: '/overviews' })).toBe('act');
  expect(errandOf({ method: 'GET', url: '/REST/dimona/v2/declarations' })).toBe('call');
});

it('lets so many in, then some wait their turn in order, then nobody', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 2 } });
  const first = lasting(crowd);
  const came: string[] = [];
  const wait = (name: string) =>
    come(crowd, 'look', () => {
      came.push(name);
      void crowd.within('look', nothing);
    });
  const fates = [wait('second'), wait('third'), wait('fourth')];
  expect(fates.map(({ fate }) => fate)).toEqual([null, null, 'refused']);
  await first.end();
  await expect.poll(() => came).toEqual(['second', 'third']);
  expect(wait('fifth').fate).toBe('in');
});

it('one who waits and then makes no work leaves his turn to the next', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 9 } });
  const first = lasting(crowd);
  const all = [1, 2, 3].map(() => come(crowd, 'look'));
  await first.end();
  expect(all.map(({ fate }) => fate)).toEqual(['in', 'in', 'in']);
});

it('who waited too long is refused, so that nobody waits for a frozen database twice', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 9 } }, -1);
  const first = lasting(crowd);
  const late = come(crowd, 'look');
  await first.end();
  expect(late.fate).toBe('refused');
  expect(come(crowd, 'look').fate).toBe('in');
});

it('errands do not wait for each other, and work that fails leaves too', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 0 } });
  const first = lasting(crowd);
  const errands = ['look', 'act', 'call'] as const;
  expect(errands.map((errand) => come(crowd, errand).fate)).toEqual(['refused', 'in', 'in']);
  await first.end();
  await expect(crowd.within('look', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(come(crowd, 'look').fate).toBe('in');
});

it('who waited comes in as himself, not in the name of who left', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 1 } });
  const names = new AsyncLocalStorage<string>();
  const first = names.run('who left', () => lasting(crowd));
  const seen: (string | undefined)[] = [];
  names.run('who waited', () => come(crowd, 'look', () => seen.push(names.getStore())));
  await first.end();
  expect(seen).toEqual(['who waited']);
});
