import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import type { Enterprise } from './enterprise.ts';

/** Adds enterprises to the directory or brings what it knows of them up to date; the last of a number wins. */
export async function upsertEnterprises(tx: Transaction<Tables>, enterprises: Enterprise[]): Promise<void> {
  const latest = new Map(enterprises.map((enterprise) => [enterprise.enterpriseNumber, enterprise]));
  const rows = JSON.stringify(
    [...latest.values()].map((enterprise) => ({
      enterprise_number: enterprise.enterpriseNumber,
      name: enterprise.name,
      kind: enterprise.kind,
      nsso_number: enterprise.nssoNumber,
      street: enterprise.street,
      house_number: enterprise.houseNumber,
      post_box: enterprise.postBox,
      post_code: enterprise.postCode,
      city: enterprise.city,
      country: enterprise.country,
    })),
  );
  await sql`
    insert into enterprises select * from jsonb_populate_recordset(null::enterprises, ${rows}::jsonb)
    on conflict (enterprise_number) do update set
      name = excluded.name, kind = excluded.kind, nsso_number = coalesce(excluded.nsso_number, enterprises.nsso_number),
      street = excluded.street, house_number = excluded.house_number, post_box = excluded.post_box,
      post_code = excluded.post_code, city = excluded.city, country = excluded.country`.execute(tx);
}
