import { z } from 'zod';
import { type Answer, refusal } from './ebox.message.ts';
import { namesOf } from './ebox.reference.ts';
import { Paging, paged } from './ebox.told.ts';
import type { Stored } from './ebox.ts';

/** The list of messages: criteria are joined by "and", no match is an empty list. */

const yesNo = z.enum(['true', 'false']).optional();
const day = z.iso.date().optional();
const Criteria = Paging.extend({
  receivedBefore: day,
  receivedAfter: day,
  expiredBefore: day,
  expiredAfter: day,
  readStatus: yesNo,
  visible: yesNo,
  registeredMail: yesNo,
  messageTypeId: z.string().optional(),
  senderOrganizationId: z.string().optional(),
  senderApplicationId: z.string().optional(),
  q: z.string().optional(),
  qlang: z.enum(['nl', 'fr', 'de']).optional(),
}).refine(({ q, qlang }) => q === undefined || qlang !== undefined, 'q needs qlang');
type Criteria = z.infer<typeof Criteria>;

/** One page of what a query asks for. */
export function listed(mine: Stored[], query: URLSearchParams, told: (one: Stored) => object): Answer {
  const { success, data, error } = Criteria.safeParse(Object.fromEntries(query));
  if (!success) return refusal(400, 'INVALID_INPUT', z.prettifyError(error));
  const found = mine.filter((one) => matches(one, data) && isInDays(one, data) && holds(one, data));
  return paged(found, data, told);
}

function matches(one: Stored, asked: Criteria): boolean {
  const is = (wanted: string | undefined, value: string | boolean) => wanted === undefined || wanted === String(value);
  return (
    is(asked.readStatus, one.readStatus) &&
    is(asked.visible, one.visible) &&
    is(asked.registeredMail, false) && // only ePost sends those
    is(asked.messageTypeId, one.messageTypeId) &&
    is(asked.senderOrganizationId, one.senderEnterpriseNumber) &&
    is(asked.senderApplicationId, one.senderApplicationId)
  );
}

/** Before and after a day: that day itself is neither. */
function isInDays({ receiptDate, expirationDate }: Stored, asked: Criteria): boolean {
  const isBetween = (at: string, after: string | undefined, before: string | undefined) => {
    const on = at.slice(0, 10);
    return (after === undefined || on > after) && (before === undefined || on < before);
  };
  return (
    isBetween(receiptDate, asked.receivedAfter, asked.receivedBefore) &&
    isBetween(expirationDate, asked.expiredAfter, asked.expiredBefore)
  );
}

/** Anywhere in the words of the message or of its reference data, whatever the case and the accents. */
function holds(one: Stored, { q, qlang }: Criteria): boolean {
  if (q === undefined || qlang === undefined) return true;
  const words = [
    ...Object.values(one.subject),
    ...one.businessDataList.flatMap(({ key, values }) => [key, ...values.flatMap((value) => Object.values(value))]),
    one.forTheAttentionOf?.label ?? '',
    ...namesOf(qlang),
  ];
  const wanted = bare(q);
  return words.some((text) => bare(text ?? '').includes(wanted));
}

const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
