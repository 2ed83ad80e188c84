import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { run } from '../command.ts';
import * as example from './staff.example.ts';
import { OFFICER, rightOf, SECOND, TEMPO, VIEWER } from './staff.example.ts';

let portal: TestApp;

beforeAll(async () => {
  portal = await openTestApp();
  await example.addAgencies(portal);
});
afterAll(() => portal.close());

const staff = (...args: string[]) => run(portal.connection, ['staff', ...args]);
const masked = (insz: string) => `••.••.••-•••.${insz.slice(9)}`;

describe('staff', () => {
  it('adds, changes, lists and removes, and never prints a national number', async () => {
    const names = ['--given-name', 'An', '--family-name', 'Peeters'];
    const added = await staff('add', '--agency', TEMPO, '--insz', OFFICER, '--right', 'manage', ...names);
    expect(added).toEqual({ code: 0, out: `${masked(OFFICER)}: added, may manage\n`, err: '' });
    const spelled = ['--agency', 'BE 403.449.823', '--insz', VIEWER.replace(/(..)$/, '.$1')];
    expect((await staff('add', ...spelled, '--right', 'view')).out).toBe(`${masked(VIEWER)}: added, may view\n`);
    const changed = await staff('add', '--agency', TEMPO, '--insz', VIEWER, '--right', 'declare');
    expect(changed.out).toBe(`${masked(VIEWER)}: changed, may declare\n`);
    expect(await rightOf(portal, VIEWER)).toBe('declare');

    const listed = (await staff('list', '--agency', TEMPO)).out;
    expect(listed).toMatch(/^Tempo Interim: 2\n/);
    expect(listed).toContain(`${masked(OFFICER)}  manage   An Peeters, since`);
    expect(listed).toContain(`${masked(VIEWER)}  declare  name not known, since`);
    expect(listed).not.toContain(OFFICER);

    expect((await staff('remove', '--agency', TEMPO, '--insz', VIEWER)).code).toBe(0);
    const last = await staff('remove', '--agency', TEMPO, '--insz', OFFICER);
    expect([last.code, last.err]).toEqual([0, 'nobody of this agency manages its staff any more\n']);
    expect((await staff('list', '--agency', TEMPO)).out).toBe('Tempo Interim: nobody acts for it\n');
  });

  it('leaves an access row about the person, by the operator', async () => {
    await staff('add', '--agency', TEMPO, '--insz', SECOND, '--right', 'view');
    const { rows } = await portal.db.query(
      `select actor_kind, purpose, channel, detail from access_rows where subject_insz = $1`,
      [SECOND],
    );
    expect(rows).toEqual([
      {
        actor_kind: 'system',
        purpose: 'staff',
        channel: 'command',
        detail: { act: 'added', right: 'view', agency: TEMPO },
      },
    ]);
  });

  it('reads the number from standard input', async () => {
    const args = ['staff', 'add', '--agency', TEMPO, '--insz', '-', '--right', 'view'];
    const told = await run(portal.connection, args, { input: `${SECOND}\nsomething else\n` });
    expect(told.code).toBe(0);
    expect((await run(portal.connection, args, { input: '' })).code).toBe(1);
  });

  it.each([
    [['add', '--agency', '0206731645', '--insz', OFFICER, '--right', 'view'], 'the directory has no agency 0206731645'],
    [['add', '--agency', '0566988259', '--insz', OFFICER, '--right', 'view'], 'the directory has no agency 0566988259'],
    [['list', '--agency', '0206731645'], 'the directory has no agency 0206731645'],
    [['add', '--agency', '0403449824', '--insz', OFFICER, '--right', 'view'], '0403449824 is no enterprise number'],
    [['add', '--agency', TEMPO, '--insz', '12345678901', '--right', 'view'], 'this is no INSZ'],
    [['remove', '--agency', TEMPO, '--insz', OFFICER], 'does not act for 0403449823'],
  ])('%j fails in words', async (args, words) => {
    const { code, out, err } = await staff(...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
    expect(err).not.toMatch(/\b\d{11}\b/);
  });

  it.each([
    [[]],
    [['rule']],
    [['toString']],
    [['add', 'more', '--agency', TEMPO, '--insz', OFFICER, '--right', 'view']],
    [['add', '--insz', OFFICER, '--right', 'view']],
    [['add', '--agency', TEMPO, '--right', 'view']],
    [['add', '--agency', TEMPO, '--insz', OFFICER, '--right', 'rule']],
    [['list', '--agency', TEMPO, '--nonsense']],
  ])('%j is not understood', async (args) => {
    const { code, err } = await staff(...args);
    expect(code).toBe(2);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
