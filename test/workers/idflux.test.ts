import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenFile } from '../../src/declarations/intake.decode.ts';
import { changeOfForm } from '../../src/workers/idflux.fields.ts';
import { readIdflux, rootOf } from '../../src/workers/idflux.ts';
import { inszNumber } from '../records.ts';
import { form, message } from './idflux.example.ts';

const A = inszNumber(1);
const B = inszNumber(2);

async function* cut(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Buffer, size = 1 << 20) {
  const forms = [];
  for await (const batch of readIdflux(cut(Buffer.from(text as string), size))) forms.push(...batch);
  return forms.map((one) => ({ line: one.line, ...changeOfForm(one, 2026) }));
}

const broken = async (text: string | Buffer): Promise<string> => {
  const error = await read(text).then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(BrokenFile);
  return error.message;
};

const change = {
  oldInsz: A,
  newInsz: B,
  effectiveOn: '2026-11-02',
  person: { givenName: 'Zoë', familyName: 'Maes', birthDate: '1998-07-28' },
};

describe('an IDFLUX message', () => {
  test('holds the old and the new number of a person, however its bytes were cut', async () => {
    const text = message(form({ oldInsz: A, newInsz: B }), form({ oldInsz: B, newInsz: A, status: '2' }));
    for (const size of [1, 7, 1 << 20]) {
      const [first, second] = await read(text, size);
      expect(first).toEqual({ line: 3, change });
      expect(second).toMatchObject({ change: { oldInsz: B, newInsz: A } });
    }
  });

  test('in ISO-8859-1 and with CDATA says the same', async () => {
    const text = message(form({ oldInsz: A, newInsz: `<![CDATA[${B}]]>` })).replace('UTF-8', 'ISO-8859-1');
    expect(await read(Buffer.from(text, 'latin1'))).toEqual([{ line: 3, change }]);
  });

  test.each([
    [{ newInsz: B }, 'none', 'no number of a person changed'],
    [{ oldInsz: '0', newInsz: B }, 'none', 'no number of a person changed'],
    [{ oldInsz: A, newInsz: A }, 'none', 'the number is the same'],
    [{ oldInsz: A }, 'refused', 'the new number is missing'],
    [{ oldInsz: A, newInsz: '0' }, 'refused', 'the new number is missing'],
    [{ oldInsz: '12345678901', newInsz: B }, 'refused', 'the old number is no INSZ'],
    [{ oldInsz: A, newInsz: 'abc' }, 'refused', 'the new number is no INSZ'],
    [{ oldInsz: A, newInsz: B, status: '3' }, 'refused', 'a change is not taken back by message'],
    [{ oldInsz: A, newInsz: B, status: '1' }, 'refused', 'AttestationStatus is not 0, 2 or 3'],
    [{ oldInsz: A, newInsz: B, status: null }, 'refused', 'AttestationStatus is not 0, 2 or 3'],
    [{ oldInsz: A, newInsz: B, effective: '2026-02-30' }, 'refused', 'EffectiveStartingDate is no day'],
    [
      { oldInsz: A, newInsz: B, more: `<OutdatedSituation><INSS>${B}</INSS></OutdatedSituation>` },
      'refused',
      'an element stands there twice',
    ],
  ])('%j: %s, %s', async (over, result, reason) => {
    expect(await read(message(form(over)))).toEqual([{ line: 3, [result]: reason }]);
  });

  test('leaves out what is not known of a birth date or the day', async () => {
    const [only] = await read(
      message(form({ oldInsz: A, newInsz: B, birthdate: '1998-00-00', effective: null, name: null })),
    );
    expect(only).toMatchObject({
      change: { effectiveOn: null, person: { familyName: null, birthDate: null, givenName: 'Zoë' } },
    });
  });

  test.each([
    ['<Dimona/>', 'line 1, column 9: the root is Dimona, not IDFLUX'],
    ['<IDFLUX><Thing/></IDFLUX>', 'Thing in IDFLUX'],
    [message(form({ identification: 'DIMONA' })), 'Identification is not IDFLUX'],
    [message(form({ type: 'PA' })), 'TypeForm is not SU'],
    [message(form({ type: null })), 'Form without TypeForm'],
    [message(form()).replace('</IDFLUX>', ''), 'unclosed tag'],
    [`<!DOCTYPE IDFLUX [<!ENTITY x "y">]>${message(form()).split('\n').slice(1).join('\n')}`, 'document type'],
    [message(form({ name: '&x;' })), 'undefined entity'],
    [message(form({ more: '<a>'.repeat(20) })), 'more than 12 deep'],
    [Buffer.concat([Buffer.from('<IDFLUX>'), Buffer.from([0xff, 0xfe])]), 'not valid UTF-8'],
    [`<?xml version="1.0" encoding="UTF-16"?>`, 'encoding utf-16'],
    [`<IDFLUX><Form>${' '.repeat(3 << 20)}`, 'more than 1 MiB without an element'],
    ['', 'document must contain a root element'],
  ] as [string | Buffer, string][])('is broken %#', async (text, words) => {
    expect(await broken(text)).toMatch(/^line \d+, column \d+: /);
    expect(await broken(text)).toContain(words);
  });

  test('garbled anyhow is read or broken, never a fault of ours', async () => {
    const whole = Buffer.from(message(form({ oldInsz: A, newInsz: B })));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(9),
        async (at, byte, gone) => {
          const garbled = Buffer.concat([whole.subarray(0, at), Buffer.from([byte]), whole.subarray(at + gone)]);
          await read(garbled).catch((error) => expect(error).toBeInstanceOf(BrokenFile));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a document says by its root which message it is', async () => {
  const root = (text: string) => rootOf(cut(Buffer.from(text), 5));
  expect(await root(message())).toBe('IDFLUX');
  expect(await root('<?xml version="1.0"?><!-- x --><Dimona a="1">')).toBe('Dimona');
  expect(await root('no xml at all')).toBeNull();
  expect(await root('')).toBeNull();
  expect(await root('<IDF')).toBeNull();
  expect(await root(`<!--${'x'.repeat(3 << 20)}`)).toBeNull();
});
