import type { Generated } from 'kysely';

/** The tables of the support desk, and of the seals on access rows. */
export interface SupportTables {
  access_unsealed: { id: string; at: string; digest: Buffer };
  access_seals: { month: string; number: string; access_id: string | null; seal: Buffer };
  support_agents: SupportAgentsTable;
  support_lookups: SupportLookupsTable;
}

export interface SupportAgentsTable {
  worker_id: string;
  added_at: string;
  failed: Generated<number>;
  failing_since: Generated<string | null>;
  locked_at: Generated<string | null>;
}

export interface SupportLookupsTable {
  lookup_id: string;
  agent_id: string;
  worker_id: string;
  reason: string;
  case_number: string;
  opened_at: string;
  ends_at: string;
  closed_at: Generated<string | null>;
}
