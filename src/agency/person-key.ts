import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A person in an address of the desk: his worker id in one sealed block, so that no number of his stands there, nobody can make a key for a
 * person he has not found, and a key of one agency says nothing at another.
 */
export interface PersonKeys {
  seal(workerId: string): string;
  /** null: not a key of this agency. */
  open(key: string): string | null;
}

/** What the block holds beside the id: a key that was made up or is another agency's does not show it when opened. */
const MARK = Buffer.from('interim\0');

/** `secret` is the installation's own; the same agency has the same keys for as long as the secret stands. */
export function personKeys(secret: string, agencyNumber: string): PersonKeys {
  const key = createHmac('sha256', secret).update(`person keys of ${agencyNumber}`).digest();
  return {
    seal(workerId) {
      const block = Buffer.alloc(16);
      MARK.copy(block);
      block.writeBigUInt64BE(BigInt(workerId), 8);
      const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
    },
    open(text) {
      const sealed = Buffer.from(text, 'base64url');
      if (sealed.length !== 16 || sealed.toString('base64url') !== text) return null;
      const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const block = Buffer.concat([decipher.update(sealed), decipher.final()]);
      return timingSafeEqual(block.subarray(0, 8), MARK) ? String(block.readBigUInt64BE(8)) : null;
    },
  };
}
