import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from 'vitest';
import { Crowd, errandOf } from '../../src/web/crowd.ts';

const nothing = async () => undefined;
const enter = () => undefined;
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
    crowd.letIn('look', () => {
      came.push(name);
      void crowd.within('look', nothing);
    });
  expect([wait('second'), wait('third'), wait('fourth')]).toEqual([true, true, false]);
  expect(came).toEqual([]);
  await first.end();
  await expect.poll(() => came).toEqual(['second', 'third']);
  expect(wait('fifth')).toBe(true);
  expect(came.at(-1)).toBe('fifth');
});

it('one who waits and then makes no work leaves his turn to the next', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 9 } });
  const first = lasting(crowd);
  const came: number[] = [];
  for (const n of [1, 2, 3]) crowd.letIn('look', () => came.push(n));
  await first.end();
  expect(came).toEqual([1, 2, 3]);
});

it('errands do not wait for each other, and work that fails leaves too', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 0 } });
  const first = lasting(crowd);
  expect(crowd.letIn('look', enter)).toBe(false);
  expect(crowd.letIn('act', enter)).toBe(true);
  expect(crowd.letIn('call', enter)).toBe(true);
  await first.end();
  await expect(crowd.within('look', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(crowd.letIn('look', enter)).toBe(true);
});

it('who waited comes in as himself, not in the name of who left', async () => {
  const crowd = new Crowd({ look: { atOnce: 1, waiting: 1 } });
  const names = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  let end: () => void = () => undefined;
  const first = names.run('who left', () =>
    crowd.within('look', () => new Promise<void>((resolve) => (end = resolve))),
  );
  names.run('who waited', () => crowd.letIn('look', () => seen.push(names.getStore())));
  end();
  await first;
  expect(seen).toEqual(['who waited']);
});
