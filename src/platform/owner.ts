import type pg from 'pg';

/** Work of the owner of the tables in one transaction: all of it or nothing. What broke it is the fault to tell. */
export async function within(owner: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  await owner.query('begin');
  try {
    await work();
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined); // gone with its connection
    throw error;
  }
}
