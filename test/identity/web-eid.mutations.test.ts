import fc from 'fast-check';
import { expect, it } from 'vitest';
import { authority, cardOf, tokenOf } from '../pki.ts';
import { verdict } from './web-eid.fixture.ts';

it('no changed token passes or throws, whatever was changed', async () => {
  const ca = await authority();
  const token = tokenOf(await cardOf(ca));
  const field = fc.constantFrom('unverifiedCertificate', 'algorithm', 'signature', 'format');
  const bytes = fc.constantFrom('unverifiedCertificate' as const, 'signature' as const);
  const replaced = fc.tuple(field, fc.jsonValue()).map(([name, value]) => ({ ...token, [name]: value }));
  const flipped = fc.tuple(bytes, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([name, where, flip]) => {
    const changed = Buffer.from(String(token[name]), 'base64');
    const at = where % changed.length;
    changed[at] = (changed[at] ?? 0) ^ flip;
    return { ...token, [name]: changed.toString('base64') };
  });
  const cut = fc.tuple(bytes, fc.nat({ max: 60 })).map(([name, length]) => ({
    ...token,
    [name]: String(token[name]).slice(0, length),
  }));
  const anything = fc.oneof(replaced, flipped, cut, fc.anything({ withBigInt: true }));
  await fc.assert(
    fc.asyncProperty(anything, async (changed) => {
      expect(await verdict(changed, [ca])).not.toBe('accepted');
    }),
    { numRuns: 300 },
  );
});
