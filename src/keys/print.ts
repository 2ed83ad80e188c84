import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * A card's print waits, sealed, for the browser that asked for it; only that browser's cookie holds the key. Whoever reads the database
 * reads no codes.
 */
const CIPHER = 'aes-256-gcm';
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16];

export function seal(print: Uint8Array): { sealed: Buffer; key: string } {
  const key = randomBytes(KEY_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const body = Buffer.concat([cipher.update(print), cipher.final()]);
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]), key: key.toString('base64url') };
}

/** The print, or null when the key is not its own. */
export function unseal(sealed: Buffer, key: string): Buffer | null {
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== KEY_BYTES) return null;
  const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, bytes, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const open = decipher.update(body);
  try {
    return Buffer.concat([open, decipher.final()]);
  } catch {
    return null; // the tag does not fit: another card's key, which the visitor is told
  }
}
