import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { userKeyOf } from '../keys/account.ts';
import { newCodes, type Random } from '../keys/card.ts';
import { codeText, type Hashing } from '../keys/hashing.ts';
import { DEMO_PEOPLE } from './people.list.ts';

/** A made-up person's paper token: nobody could try it without knowing what stands on the card. */
export interface DemoToken {
  insz: string;
  name: string;
  userName: string;
  password: string;
  codes: string[];
}

/** Who has one, by the keys of `people.list.ts`. */
const HOLDERS = [
  { key: 'regular', userName: 'lukasz.demo', password: 'appels en peren' },
  { key: 'student', userName: 'lotte.demo', password: 'regen in de mei' },
];

/** The demo's tokens; their codes follow from a secret of the installation. */
export function demoTokens(secret: string): DemoToken[] {
  return HOLDERS.flatMap(({ key, userName, password }) => {
    const person = DEMO_PEOPLE.find((one) => one.key === key);
    if (!person) return [];
    const { insz, givenName, familyName } = person;
    const codes = newCodes(drawnFrom(`${secret} ${insz}`));
    return [{ insz, name: `${givenName} ${familyName}`, userName, password, codes }];
  });
}

/** The same numbers every time. */
function drawnFrom(seed: string): Random {
  let count = 0;
  return (below) => createHmac('sha256', seed).update(String(count++)).digest().readUIntBE(0, 6) % below;
}

/**
 * Gives the people their tokens, once: whoever revoked his card in the demo does not find it again at the next start.
 * @param db as the owner of the tables
 */
export async function demoKeys(
  db: pg.ClientBase,
  tokens: readonly DemoToken[],
  { pepper, now, hashing }: { pepper: string; now: string; hashing: Hashing },
): Promise<void> {
  for (const { insz, userName, password, codes } of tokens) {
    const { rows } = await db.query<{ worker_id: string }>(
      `select worker_id from worker_numbers number where insz = $1
       and not exists (select from key_accounts account where account.worker_id = number.worker_id)`,
      [insz],
    );
    const workerId = rows[0]?.worker_id;
    if (workerId === undefined) continue;
    const cardId = createHmac('sha256', pepper).update(insz).digest('base64url').slice(0, 22);
    const kept = await Promise.all(codes.map((code, at) => hashing.hash(codeText(pepper, cardId, at + 1, code))));
    await db.query(
      `with account as (
         insert into key_accounts (worker_id, user_name, user_key, password, made_at, password_at)
         values ($1, $2, $3, $4, $5, $5) on conflict do nothing returning worker_id)
       insert into token_cards (card_id, worker_id, state, asked, codes, issued_at, activated_at)
       select $6, worker_id, 'active', 13, $7, $5, $5 from account`,
      [workerId, userName, userKeyOf(userName), await hashing.hash(password), now, cardId, kept],
    );
  }
}
