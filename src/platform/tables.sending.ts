import type { Generated } from 'kysely';

/** The tables of what is sent to a worker. */
export interface SendingTables {
  worker_addresses: { worker_id: string; address: string; language: Language; confirmed_at: string };
  address_confirmations: AddressConfirmationsTable;
  deliveries: DeliveriesTable;
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

export interface DeliveriesTable {
  delivery_id: string;
  worker_id: string;
  overview_id: string;
  channel: 'mail' | 'ebox';
  attach: boolean;
  language: Language;
  key: string;
  ordered_at: string;
  state: 'waiting' | 'sending' | 'sent' | 'failed';
  tries: Generated<number>;
  next_try_at: string | null;
  sent_at: string | null;
  failure: 'unavailable' | 'refused' | 'no-address' | 'expired' | 'not-made' | null;
  message_id: string | null;
  expires_at: string | null;
  never_opened: Generated<boolean>;
}
