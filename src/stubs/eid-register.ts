import { X509Certificate } from 'node:crypto';

/** What the responder says of a card; `failing`: it cannot say now. */
export type Told = 'good' | 'revoked' | 'unknown' | 'failing';

/** The demo's register of cards: whose card has which number, and how each stands. */
export interface Register {
  /** A card was made for somebody, as base64 DER; the one he had before is good no more. */
  issued(insz: string, certificate: string): void;
  /** Says from now on how the card of somebody stands. */
  set(insz: string, told: Told): void;
  /** By number of the certificate, hex; one nobody issued is unknown. */
  told(serial: string): Told;
}

export function cardRegister(): Register {
  const serials = new Map<string, string>();
  const standing = new Map<string, Told>();
  const plain = (serial: string) => serial.toLowerCase().replace(/^0+/, '');
  return {
    issued(insz, certificate) {
      const before = serials.get(insz);
      if (before !== undefined) standing.set(before, 'revoked');
      const serial = plain(new X509Certificate(Buffer.from(certificate, 'base64')).serialNumber);
      serials.set(insz, serial);
      standing.set(serial, 'good');
    },
    set(insz, told) {
      const serial = serials.get(insz);
      if (serial === undefined) throw new Error('This person has no card yet');
      standing.set(serial, told);
    },
    told: (serial) => standing.get(plain(serial)) ?? 'unknown',
  };
}
