/**
 * Why a person's data was seen or taken, and under which heading he finds it on his page. Every act of the portal has its purpose here; each
 * has its words in `access.did` of every locale.
 */
export const PURPOSES = {
  'sign-in': 'sign-in',
  export: 'export',
  'agency-view': 'agency',
  'agency-export': 'agency',
  declare: 'agency',
  staff: 'agency',
  keys: 'other',
  'support-lookup': 'support',
  'support-view': 'support',
  'support-act': 'support',
  'access-export': 'other',
  address: 'other',
  verification: 'other',
  feed: 'other',
} as const satisfies Record<string, AccessKind>;

export type Purpose = keyof typeof PURPOSES;

/** Stands for whose data, where it is that of all: in the row of an export by the data protection officer. */
export const EVERYBODY = 'everybody';

/** What a worker can choose from. */
export const ACCESS_KINDS = ['sign-in', 'export', 'agency', 'support', 'other'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** The purposes under a heading. */
export function purposesOf(kind: AccessKind): Purpose[] {
  return (Object.keys(PURPOSES) as Purpose[]).filter((purpose) => PURPOSES[purpose] === kind);
}
