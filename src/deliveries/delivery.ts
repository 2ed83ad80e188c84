import type { Lang } from '../web/language.ts';

export type Channel = 'mail' | 'ebox';

/** Why nothing arrived: each has words that say what now. */
export const FAILURES = ['unavailable', 'refused', 'no-address', 'expired', 'not-made'] as const;
export type Failure = (typeof FAILURES)[number];

/** One sending of an overview. Instants are ISO 8601 in UTC. */
export interface Delivery {
  id: string;
  overviewId: string;
  channel: Channel;
  /** By mail: the PDF itself, not a link. */
  attach: boolean;
  orderedAt: string;
  state: 'waiting' | 'sending' | 'sent' | 'failed';
  /** How often it was tried, and when it is tried again; null while none is planned. */
  tries: number;
  nextTryAt: string | null;
  sentAt: string | null;
  failure: Failure | null;
  /** The eBox took it, but its owner never opened it. */
  neverOpened: boolean;
}

/** One sending that has not arrived, for who helps its worker. */
export interface Unsent extends Pick<Delivery, 'id' | 'channel' | 'orderedAt' | 'tries' | 'nextTryAt' | 'failure'> {
  state: 'waiting' | 'sending' | 'failed';
  /** Whether its overview is still there to be sent. */
  isKept: boolean;
}

/** What a try needs to know. */
export interface Parcel {
  id: string;
  key: string;
  workerId: string;
  overviewId: string;
  channel: Channel;
  attach: boolean;
  language: Lang;
  insz: string;
  overview: {
    state: 'preparing' | 'ready' | 'failed';
    language: Lang;
    madeAt: string | null;
    pdf: Buffer | null;
  } | null;
}

/** Sendings a worker may order in a day. */
export const MOST_A_DAY = 50;

export class TooMany extends Error {
  override name = 'TooMany';
}

/** The registry of eBoxes knows no other. */
export type EboxLanguage = 'nl' | 'fr' | 'de';

/** The eBox knows no English: then the language he reads our pages in, else Dutch. */
export function eboxLanguage(ofOverview: Lang, ofPages: Lang): EboxLanguage {
  if (ofOverview !== 'en') return ofOverview;
  return ofPages === 'en' ? 'nl' : ofPages;
}

declare module '../platform/queues.ts' {
  interface JobData {
    /** A queue a channel: an eBox that is away keeps no mail waiting. */
    'delivery-mail': { delivery: string };
    'delivery-ebox': { delivery: string };
  }
}
