import { z } from 'zod';
import { type Answer, type EboxRules, parsed, refusal } from './ebox.message.ts';
import type { Person } from './ebox.pages.ts';

/** Who uses his eBox. */

const Enterprises = z.object({
  eboxType: z.literal('ENTERPRISE'),
  eboxIdType: z.literal('EnterpriseNumber'),
  eboxIdValueList: z.array(z.string()),
});

/** `POST /eboxPreferences/search`: boxes that are not known are left out. */
export function preferences({ enterprises }: EboxRules, body: string): Answer {
  const { success, data } = Enterprises.safeParse(parsed(body));
  if (!success) return refusal(400, 'INVALID_INPUT', 'Invalid Schema: eboxType, eboxIdType, eboxIdValueList');
  const known = data.eboxIdValueList.filter((number) => enterprises?.has(number));
  const told = known.map((eboxIdValue) => ({
    eboxId: { eboxType: 'enterprise', eboxIdValue },
    exclusivelyEbox: false,
  }));
  return { status: 200, body: told };
}

const Citizens = z.object({ ssinList: z.array(z.string()) });

/** `POST /citizenEboxConsents/search`: the name is documented; what is asked and answered is ours. */
export function consents({ neverOpened }: EboxRules, people: readonly Person[], body: string): Answer {
  const { success, data } = Citizens.safeParse(parsed(body));
  if (!success) return refusal(400, 'INVALID_INPUT', 'Invalid Schema: ssinList');
  const known = data.ssinList.filter((ssin) => people.some(({ insz }) => insz === ssin));
  return { status: 200, body: known.map((ssin) => ({ ssin, hasConsent: !neverOpened.has(ssin) })) };
}
