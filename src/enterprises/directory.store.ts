import { sql } from 'kysely';
import type { Database } from '../platform/db.ts';
import type { Directory, NamedEnterprise } from './directory.ts';

const COMPANY = ['enterprise_number as number', 'name', 'city'] as const;

/** Looks companies up in the directory: no personal data, so no scope. */
export function directoryStore(db: Database): Directory {
  return {
    async find(number) {
      const found = await db.read
        .selectFrom('enterprises')
        .select(COMPANY)
        .where('enterprise_number', '=', number)
        .executeTakeFirst();
      return found ?? null;
    },

    async beginningWith(name) {
      const pattern = `${name.replace(/[\\%_]/g, '\\$&')}%`;
      const { rows } = await sql<NamedEnterprise>`
        select enterprise_number as number, name, city from enterprises
        where lower(name collate "und-x-icu") like lower(${pattern}::text collate "und-x-icu")
        order by lower(name collate "und-x-icu") collate "C", enterprise_number limit 10`.execute(db.read);
      return rows;
    },
  };
}
