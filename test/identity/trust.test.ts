import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noIssuers } from '../../src/identity/methods/issuers.ts';
import { type CardTrust, cardTrust } from '../../src/identity/methods/trust.ts';
import {
  BELGIAN_AUTHENTICATION_POLICIES,
  revocationNotChecked,
  validateToken,
} from '../../src/identity/methods/web-eid.ts';
import { authority, cardOf, type Issued, NONCE, ORIGIN, tokenOf } from '../pki.ts';
import { AT } from './web-eid.fixture.ts';

let old: Issued;
let coming: Issued;
let folder: string;
let faults: string[];

beforeAll(async () => {
  old = await authority({ commonName: 'Old CA' });
  coming = await authority({ commonName: 'Coming CA' });
});
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'interim-trust-'));
  faults = [];
});

const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const trusting = (admit: (of: readonly unknown[]) => void = () => undefined) =>
  cardTrust({
    folders: [folder],
    policies: BELGIAN_AUTHENTICATION_POLICIES,
    issuers: noIssuers,
    revocation: revocationNotChecked,
    admit,
    onFault: ({ message }) => faults.push(message),
  });

async function isTrusted(trust: CardTrust, ca: Issued): Promise<boolean> {
  const authToken = tokenOf(await cardOf(ca));
  const check = { ...(await trust.check(AT)), authToken, nonce: NONCE, origin: ORIGIN, allowHttpLoopback: false };
  return !('fault' in (await validateToken(check)));
}
const both = async (trust: CardTrust) => [await isTrusted(trust, old), await isTrusted(trust, coming)];

describe('the folder of CAs', () => {
  it('is read again when one comes, is replaced or goes', async () => {
    put('old.pem', old.pem);
    const trust = trusting();
    expect(await both(trust)).toEqual([true, false]);
    put('coming.pem', coming.pem);
    expect(await both(trust)).toEqual([true, true]);
    rmSync(path.join(folder, 'old.pem'));
    expect(await both(trust)).toEqual([false, true]);
    put('next', old.pem);
    renameSync(path.join(folder, 'next'), path.join(folder, 'coming.pem'));
    expect(await both(trust)).toEqual([true, false]);
    expect(faults).toEqual([]);
  });

  it('stays what it was while it cannot be read, and that is told once', async () => {
    put('old.pem', old.pem);
    const trust = trusting();
    put('broken.pem', 'half a certific');
    expect(await both(trust)).toEqual([true, false]);
    expect(faults).toEqual([expect.stringContaining('broken.pem')]);
    put('broken.pem', coming.pem);
    expect(await both(trust)).toEqual([true, true]);
    rmSync(folder, { recursive: true });
    expect(await both(trust)).toEqual([true, true]);
    expect(faults).toHaveLength(2);
  });

  it('must be right at the start, and may not hold what is not admitted', async () => {
    expect(() => trusting()).toThrow(folder);
    put('old.pem', old.pem);
    const trust = trusting((certificates) => {
      if (certificates.length > 1) throw new Error('too many');
    });
    put('coming.pem', coming.pem);
    expect(await both(trust)).toEqual([true, false]);
    expect(faults).toEqual(['too many']);
  });
});
