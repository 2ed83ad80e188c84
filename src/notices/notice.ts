/** Notice: a message to the worker that something happened. What may be told, by which way, and how soon. */

export const NOTICE_KINDS = ['declared', 'changed', 'cancelled', 'missing', 'report'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something that happened to a worker: `key` names it among those of its kind, so that nobody is told twice. */
export interface News {
  workerId: string;
  kind: NoticeKind;
  key: string;
  at: string;
  declarationId?: string;
  reportId?: string;
  shiftId?: string;
}
