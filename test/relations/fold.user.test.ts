import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { userKeyOf } from '../../src/relations/fold.user.ts';

describe('the key of a user company', () => {
  test.each([
    [{ enterpriseNumber: '0566988259', name: 'x' }, '0566988259'],
    [{ enterpriseNumber: '0', name: 'Łódź Øst & Cie.' }, 'lodz-ost-cie'],
    [{ name: 'Straße 9', address: { city: 'Köln', country: '00103' } }, 'strasse-9-koln-00103'],
    [{ name: '0403449823' }, 'name-0403449823'],
    [{ name: '…' }, 'unnamed'],
    [{}, 'unnamed'],
  ])('of %j is %s', (user, key) => expect(userKeyOf(user)).toBe(key));

  test('differs for names in other scripts, and never looks like a number', () => {
    expect(userKeyOf({ name: 'София' })).not.toBe(userKeyOf({ name: 'Пловдив' }));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(userKeyOf({ name })).toMatch(/^(?!\d{10}$)[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });
});
