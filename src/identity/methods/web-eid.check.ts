import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { VerifiedIdentity } from '../visitor.ts';
import { noIssuers } from './issuers.ts';
import { loadAnchors } from './web-eid.anchors.ts';
import { BELGIAN_AUTHENTICATION_POLICIES, type EidFault, revocationNotChecked, validateToken } from './web-eid.ts';

export type TokenVerdict = { ok: true; identity: VerifiedIdentity } | { ok: false; reason: EidFault };

const TokenFile = z.object({ authToken: z.unknown(), nonce: z.string(), origin: z.string() });

/**
 * Judges a token in a JSON file (`authToken`, `nonce`, `origin`) for the command line, as of `at` (now when absent).
 * Revocation is not asked, nor is any issuer fetched. The file being no JSON is the verdict `parse`; a file or folder that cannot be read, or an anchor that is no
 * certificate, throws.
 */
export async function checkToken(
  file: string,
  anchorsDir: string,
  at: Temporal.Instant = Temporal.Now.instant(),
  policies: readonly string[] = BELGIAN_AUTHENTICATION_POLICIES,
): Promise<TokenVerdict> {
  const anchors = loadAnchors(anchorsDir);
  const input = TokenFile.safeParse(parsed(readFileSync(file, 'utf8')));
  if (!input.success) return { ok: false, reason: 'parse' };
  const result = await validateToken({
    ...input.data,
    at,
    anchors,
    policies,
    issuers: noIssuers,
    revocation: revocationNotChecked,
    allowHttpLoopback: true,
  });
  return 'fault' in result ? { ok: false, reason: result.fault } : { ok: true, identity: result };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON at all is judged like JSON of the wrong shape.
    return undefined;
  }
}
