import type { Lang } from '../web/language.ts';

/** A mail before it is printed as text and HTML: words in one language, no markup. */
export interface Letter {
  subject: string;
  paragraphs: string[];
  /** Shown large, to be typed over. */
  code?: string;
  facts?: { label: string; value: string }[];
  /** The one thing to do. An address of the portal in full. */
  button?: { label: string; href: string };
  /** Printed below: why he gets this. */
  why: string;
  /** Address that ends mails of this kind: a page, and one click in mail programs. */
  unsubscribe?: { label: string; href: string };
}

/**
 * Kind of letter → what its writer needs beside the worker's language. Ids and codes only: it lies in a job until it is sent. A room adds its
 * line here, and its writer in `house.ts`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms add their lines
export interface Letters {}
export type LetterKind = keyof Letters & string;

/** Why a letter does not arrive: tried in vain, refused for good, or its worker has no address. */
export type Loss = 'unavailable' | 'refused' | 'no-address';
/** Kind of letter → what its room notes when one does not arrive; most note nothing. */
export type Losses = { [K in LetterKind]?: (about: Letters[K], why: Loss) => Promise<void> };

/** Where the portal stands, for links. */
export interface Sender {
  publicUrl: string;
}

/** Writes one kind of letter; null when there is nothing to say any more. */
export type Writer<T> = (lang: Lang, about: T, sender: Sender) => Letter | null | Promise<Letter | null>;
export type Writers = { [K in LetterKind]: Writer<Letters[K]> };

declare module '../platform/queues.ts' {
  interface JobData {
    /** A letter to a worker's confirmed address. */
    mail: { id: string; worker: string; kind: LetterKind; about: object };
    /** The code for an address that is not confirmed yet. */
    'address-code': { confirmation: string };
  }
}
