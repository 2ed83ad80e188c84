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

    /** A range of the index, bytewise: its end is the beginning followed by the last character there is. */
    async beginningWith(name) {
      const { rows } = await sql<NamedEnterprise>`
        select enterprise_number as number, name, city from enterprises
        where lower(name collate "und-x-icu") ~>=~ lower(${name}::text collate "und-x-icu")
          and lower(name collate "und-x-icu") ~<~ (lower(${name}::text collate "und-x-icu") || chr(1114111))
        order by lower(name collate "und-x-icu") using ~<~, enterprise_number limit 10`.execute(db.read);
      return rows;
    },
  };
}
