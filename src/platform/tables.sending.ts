import type { Generated } from 'kysely';

/** The tables of what is sent to a worker. */
export interface SendingTables {
  worker_addresses: { worker_id: string; address: string; language: Language; confirmed_at: string };
  address_confirmations: AddressConfirmationsTable;
}

type Language = 'nl' | 'fr' | 'de' | 'en';

export interface AddressConfirmationsTable {
  confirmation_id: string;
  worker_id: string;
  address: string;
  language: Language;
  requested_at: string;
  expires_at: string;
  tries: Generated<number>;
  closed_at: string | null;
}
