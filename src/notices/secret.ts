import { createHash, createHmac } from 'node:crypto';

/** What ends notices: 256 bits that only the portal can make of a bundle's id. They stand in what is sent, their hash in the database. */
export function unsubscribeSecret(secret: string, bundleId: string): string {
  return createHmac('sha256', secret).update(`unsubscribe ${bundleId}`).digest('base64url');
}

export function unsubscribeHash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
