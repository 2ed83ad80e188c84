import { createHash, sign } from 'node:crypto';
import type { Chip, DemoEid, Holder } from './eid-ca.ts';
import type { Register } from './eid-register.ts';

/** Somebody of the demo with a card. `about` says in one line what this person's relations show. */
export interface CardHolder extends Holder {
  pin: string;
  about: Readonly<Record<'nl' | 'fr' | 'de' | 'en', string>>;
}

export interface AuthToken {
  unverifiedCertificate: string;
  algorithm: 'ES384';
  signature: string;
  format: 'web-eid:1.0';
  appVersion: string;
}

export interface Signing {
  insz: string;
  pin: string;
  nonce: string;
  origin: string;
}

export type CardAnswer =
  | { token: AuthToken }
  | { fault: 'pinWrong'; left: number }
  | { fault: 'pinBlocked' | 'unknownCard' | 'invalidArgument' };

export interface VirtualCards {
  /** Tries of the PIN left on a person's card, 0 when blocked. */
  triesLeft(insz: string): number;
  /** Checks the PIN as the chip does (three wrong ones in a row block it) and signs a Web eID token 1.0 with ES384. */
  authenticate(signing: Signing): Promise<CardAnswer>;
  /** Gives the person a new card: new key, new certificate, three tries. The only way out of a blocked one, beside a restart. */
  replace(insz: string): void;
}

const TRIES = 3;
const APP_VERSION = 'https://web-eid.eu/web-eid-app/releases/virtual-card';

export interface VirtualCardOptions {
  demo: DemoEid;
  people: readonly CardHolder[];
  /** The instant it is, ISO 8601 in UTC. */
  now(): string;
  ocspUrl: string;
  /** Where every card that is made is written down. */
  register: Register;
}

interface Card {
  /** Made at the first right PIN. */
  chip?: Promise<Chip>;
  left: number;
}

/** A virtual eID card for each made-up person, made when it is first used and gone with the process. */
export function virtualCards({ demo, people, now, ocspUrl, register }: VirtualCardOptions): VirtualCards {
  const holders = new Map(people.map((person) => [person.insz, person]));
  const cards = new Map<string, Card>();
  const cardOf = (insz: string): Card => {
    const card = cards.get(insz) ?? { left: TRIES };
    cards.set(insz, card);
    return card;
  };
  const made = async (holder: CardHolder): Promise<Chip> => {
    const chip = await demo.issue(holder, Temporal.Instant.from(now()), ocspUrl);
    register.issued(holder.insz, chip.certificate);
    return chip;
  };
  return {
    triesLeft: (insz) => cards.get(insz)?.left ?? TRIES,
    replace: (insz) => void cards.delete(insz),
    async authenticate({ insz, pin, nonce, origin }) {
      const holder = holders.get(insz);
      if (holder === undefined) return { fault: 'unknownCard' };
      if (!isSignable(nonce, origin)) return { fault: 'invalidArgument' };
      const card = cardOf(insz);
      if (card.left === 0) return { fault: 'pinBlocked' };
      if (pin !== holder.pin) {
        card.left -= 1;
        return card.left === 0 ? { fault: 'pinBlocked' } : { fault: 'pinWrong', left: card.left };
      }
      card.left = TRIES;
      card.chip ??= made(holder);
      return { token: tokenOf(await card.chip, nonce, origin) };
    },
  };
}

/** What the Web eID app takes, and http on loopback beside it: a nonce of 44 to 128 characters and a bare origin. */
function isSignable(nonce: string, origin: string): boolean {
  const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin && origin.length <= 255;
  return nonce.length >= 44 && nonce.length <= 128 && isOrigin && /^https?:/.test(origin);
}

function tokenOf({ certificate, key }: Chip, nonce: string, origin: string): AuthToken {
  const sha384 = (text: string) => createHash('sha384').update(text).digest();
  const signature = sign('sha384', Buffer.concat([sha384(origin), sha384(nonce)]), { key, dsaEncoding: 'ieee-p1363' });
  return {
    unverifiedCertificate: certificate,
    algorithm: 'ES384',
    signature: signature.toString('base64'),
    format: 'web-eid:1.0',
    appVersion: APP_VERSION,
  };
}

/** A token straight from a made-up person's card, without a reader or a browser; throws, with the card's fault, when it does not sign. */
export async function signWithCard(cards: VirtualCards, signing: Signing): Promise<AuthToken> {
  const answer = await cards.authenticate(signing);
  if ('fault' in answer) throw new Error(`The card does not sign: ${answer.fault}`);
  return answer.token;
}
