import type { Generated } from 'kysely';

/** The tables of digital keys, and of what is counted against guessing. */
export interface KeysTables {
  key_accounts: KeyAccountsTable;
  token_cards: TokenCardsTable;
  attempts: { key: Buffer; wrong: number; at: string; blocked_until: string | null };
}

export interface KeyAccountsTable {
  worker_id: string;
  user_name: string;
  user_key: string;
  password: string;
  made_at: string;
  password_at: string;
}

export interface TokenCardsTable {
  card_id: string;
  worker_id: string;
  state: 'issued' | 'active' | 'replaced' | 'revoked' | 'blocked' | 'expired' | 'unused';
  asked: number;
  wrong: Generated<number>;
  codes: string[];
  issued_at: string;
  activated_at: string | null;
  last_used_at: string | null;
  ended_at: string | null;
  print: Buffer | null;
}
