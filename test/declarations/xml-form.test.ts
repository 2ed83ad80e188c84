import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { BrokenFile } from '../../src/declarations/intake.decode.ts';
import { type DeclaredForm, readForms } from '../../src/declarations/xml-form.ts';

const now = '2026-11-23T08:00:00Z';
const head = `<Identification>DIMONA</Identification><FormCreationDate>2026-11-20</FormCreationDate>
  <FormCreationHour>14:35:00.250</FormCreationHour><AttestationStatus>0</AttestationStatus>
  <TypeForm>SU</TypeForm>`;
const form = (block: string, from = head) => `<Form>${from}${block}</Form>`;
const file = (...forms: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<Dimona xsi:noNamespaceSchemaLocation="Dimona_20231.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${forms.join('\n')}
</Dimona>`;
const temp = `<DimonaIn><StartingDate>2026-11-23</StartingDate><EndingDate>2026-11-27</EndingDate>
  <EmployerId><NOSSRegistrationNbr>000935467</NOSSRegistrationNbr><CompanyID>403449823</CompanyID></EmployerId>
  <NaturalPerson><INSS>85073003328</INSS><WorkerName>Dvořák</WorkerName><WorkerFirstName>Zoë</WorkerFirstName><WorkerBirthdate>1985-07-30</WorkerBirthdate></NaturalPerson>
  <DimonaFeatures><JointCommissionNbr>322</JointCommissionNbr><WorkerType>OTH</WorkerType>
    <UsingEmployer><JointCommissionNbr>XXX</JointCommissionNbr><UsingEmployerName>Meyer &amp; S&#246;hne</UsingEmployerName>
      <Address><Street>Domstr.</Street><HouseNbr>1</HouseNbr><ZIPCode>50667</ZIPCode><City>Köln</City><Country>103</Country></Address>
    </UsingEmployer></DimonaFeatures></DimonaIn>`;
const cancel = '<DimonaCancel><DimonaPeriodId>656309292174</DimonaPeriodId></DimonaCancel>';
const update = (inner: string) => `<DimonaUpdate><DimonaPeriodId>656309292174</DimonaPeriodId>${inner}</DimonaUpdate>`;

async function read(...chunks: (Buffer | string)[]): Promise<DeclaredForm[]> {
  async function* source() {
    yield* chunks;
  }
  const found: DeclaredForm[] = [];
  for await (const batch of readForms(source(), now)) found.push(...batch);
  return found;
}
const one = async (text: string): Promise<Declaration | undefined> => (await read(file(text)))[0]?.declaration;
const broken = async (...chunks: (Buffer | string)[]) => {
  const error = await read(...chunks).catch((thrown: unknown) => thrown);
  if (!(error instanceof BrokenFile)) throw new Error(`not broken: ${JSON.stringify(error)}`);
  return { line: error.line, column: error.column, reason: error.reason };
};

const declared: Declaration = {
  kind: 'IN',
  receivedAt: now,
  employer: { enterpriseNumber: '0403449823', nssoNumber: '935467' },
  startDate: '2026-11-23',
  endDate: '2026-11-27',
  worker: { insz: '85073003328', familyName: 'Dvořák', givenName: 'Zoë', birthDate: '1985-07-30' },
  jointCommittee: '322',
  workerType: 'OTH',
  userCompany: {
    name: 'Meyer & Söhne',
    jointCommittee: 'XXX',
    address: { street: 'Domstr.', houseNumber: '1', postCode: '50667', city: 'Köln', country: '103' },
  },
};

describe('a form is read', () => {
  test('as a declaration, with its line and the moment it was made', async () => {
    const [found] = await read(file(form(temp)));
    expect(found).toMatchObject({ line: 3, declaration: declared });
    expect(found?.createdAt()).toBe('2026-11-20T13:35:00.25Z');
  });

  test('with what its sender calls it, at most four names, none too long to be one', async () => {
    const named = (type: string, number: string) =>
      `<Reference><ReferenceType>${type}</ReferenceType><ReferenceOrigin>1</ReferenceOrigin><ReferenceNbr>${number}</ReferenceNbr></Reference>`;
    const names = ['1 mine', '8 worker 12', `7 ${'x'.repeat(21)}`, 'x y', '6 fifth'].map((name) => name.split(/ (.*)/));
    const head7 = `${head}${names.map(([type = '', number = '']) => named(type, number)).join('')}`;
    const [found] = await read(file(form(cancel, head7)));
    expect(found?.declaration).toMatchObject({ kind: 'CANCEL', periodId: '656309292174' });
    expect(found?.declaration.references).toEqual([
      { type: '1', number: 'mine' },
      { type: '8', number: 'worker 12' },
    ]);
    expect(found?.declaration.formFaults).toBeUndefined();
  });

  test.each([1, 3, 100])('whatever the cut (%i bytes)', async (size) => {
    const all = Buffer.from(`\uFEFF${file(form(temp), form(cancel))}`);
    const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
      all.subarray(i * size, (i + 1) * size),
    );
    const forms = await read(...chunks);
    expect(forms.map(({ declaration }) => declaration.kind)).toEqual(['IN', 'CANCEL']);
    expect(forms[0]?.declaration).toEqual(declared);
  });

  test.each([
    [cancel, { kind: 'CANCEL', periodId: '656309292174' }],
    [
      '<DimonaOut><DimonaPeriodId>656309292174</DimonaPeriodId><EndingDate>2026-11-24</EndingDate><INSS>0</INSS></DimonaOut>',
      { kind: 'OUT', periodId: '656309292174', endDate: '2026-11-24', worker: { insz: '0' } },
    ],
    [
      update('<StartingHour>0800</StartingHour><PlannedHoursNbr>8</PlannedHoursNbr>'),
      { kind: 'UPDATE', periodId: '656309292174', startHour: '0800', plannedHours: 8 },
    ],
    [
      '<DailyRegistrationDeclaration><AttestationStatus>3</AttestationStatus><DimonaPeriodId>600027876089</DimonaPeriodId></DailyRegistrationDeclaration>',
      { kind: 'DAILY', periodId: '600027876089' },
    ],
    [
      '<DimonaIn><EmployerId><ProvisionalNSSONbr>5000000120</ProvisionalNSSONbr></EmployerId></DimonaIn>',
      { kind: 'IN', employer: { nssoNumber: '5000000120' } },
    ],
  ])('%s', async (block, d) => {
    expect(await one(form(block))).toEqual({ receivedAt: now, employer: {}, ...d });
  });

  test('in ISO-8859-1 when the XML declaration says so', async () => {
    const text = file(form(temp)).replace('UTF-8', 'ISO-8859-1').replace('ř', 'r');
    expect((await read(Buffer.from(text, 'latin1')))[0]?.declaration.userCompany?.address?.city).toBe('Köln');
  });
});

describe('a form that breaks the rules of the message is a declaration at fault', () => {
  test.each([
    ['90059-003', form('')],
    ['90059-003', form(cancel + cancel)],
    ['90059-003', form(update('<EndingDate>2026-11-24</EndingDate><EndingDate>2026-11-25</EndingDate>'))],
    ['00296-001', form(cancel, head.replace('<Identification>DIMONA</Identification>', ''))],
    ['00296-003', form(cancel, head.replace('DIMONA', 'NOTI001'))],
    ['00297-001', form(cancel, head.replace('<TypeForm>SU</TypeForm>', ''))],
    ['00297-003', form(cancel, head.replace('SU', 'FA'))],
    ['00218-001', form(cancel, head.replace(/<FormCreationDate>.*?<\/FormCreationDate>/, ''))],
    ['00218-003', form(cancel, head.replace('2026-11-20', '2026-11-31'))],
    ['00299-001', form(cancel, head.replace(/<FormCreationHour>.*?<\/FormCreationHour>/, ''))],
    ['00299-003', form(cancel, head.replace('14:35', '24:35'))],
    ['00110-001', form(cancel, head.replace('<AttestationStatus>0</AttestationStatus>', ''))],
    ['00110-003', form(cancel, head.replace('Status>0<', 'Status>1<'))],
    ['00913-003', form(cancel.replace('6563', 'x'))],
    ['00910-003', form(temp.replace('2026-11-23', '2026-02-30'))],
    ['00911-003', form(temp.replace('2026-11-27', '27/11/2026'))],
    ['00777-003', form(update('<StartingHour>2400</StartingHour>'))],
    ['00778-003', form(update('<EndingHour>860</EndingHour>'))],
    ['01135-003', form(update('<PlannedHoursNbr>ten</PlannedHoursNbr>'))],
    ['00014-003', form(temp.replace('403449823', 'BE0403449823'))],
    ['00011-003', form(temp.replace('000935467', '9354-67'))],
    ['00024-003', form(temp.replace('85073003328', '85.07.30-033.28'))],
    ['00028-003', form(temp.replace('1985-07-30', '1985-13-30'))],
  ])('%s', async (code, text) => {
    expect((await one(text))?.formFaults).toEqual([code]);
  });

  test('and not more than that', async () => {
    expect((await one(form(temp.replace('1985-07-30', '1985-00-00'))))?.worker).toEqual({
      insz: '85073003328',
      familyName: 'Dvořák',
      givenName: 'Zoë',
    });
    const forms = await read(file(form(''), form(cancel)));
    expect(forms.map(({ declaration }) => [declaration.kind, declaration.formFaults])).toEqual([
      ['DAILY', ['90059-003']],
      ['CANCEL', undefined],
    ]);
  });
});

describe('a file is refused whole', () => {
  test.each([
    [
      'tags that do not match',
      file(form(cancel)).replace('</DimonaCancel>', '</DimonaOut>'),
      5,
      /unexpected close tag/,
    ],
    ['an end that is missing', file(form(cancel)).replace('</Dimona>', ''), 6, /unclosed tag/],
    ['nothing at all', '', 1, /root element/],
    ['another root', '<Other/>', 1, /root is Other/],
    ['a stranger beside the forms', file('<Note/>'), 3, /Note in Dimona/],
    ['a document type', '<!DOCTYPE Dimona [<!ENTITY a "b">]>\n<Dimona/>', 1, /document type/],
    ['an entity of its own', file(form(cancel.replace('656309292174', '&a;'))), 5, /entity/],
    ['elements too deep', file(form('<a>'.repeat(11))), 5, /12 deep/],
    ['an encoding it does not read', '<?xml version="1.0" encoding="UTF-16"?><Dimona/>', 1, /utf-16/],
    ['a flood without elements', file(`<Form><!--${'x'.repeat(1_200_000)}`), 4, /without an element/],
  ])('for %s', async (_, text, line, reason) => {
    expect(await broken(text)).toEqual({ line, column: expect.any(Number), reason: expect.stringMatching(reason) });
  });

  test('for bytes that are not UTF-8, at their place', async () => {
    const text = file(form(temp));
    const at = text.split('\n').findIndex((line) => line.includes('Zoë')) + 1;
    const column = (text.split('\n')[at - 1]?.replace('Dvořák', 'Dvorak').indexOf('ë') ?? 0) + 1;
    const bytes = Buffer.from(text.replace('Dvořák', 'Dvorak'), 'latin1');
    const refusal = { line: at, column, reason: 'the text is not valid UTF-8' };
    expect(await broken(bytes)).toEqual(refusal);
    for (const cut of [700, 740, bytes.indexOf(0xeb), bytes.indexOf(0xeb) + 1]) {
      expect(await broken(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(refusal);
    }
    expect(await broken(Buffer.from(text, 'utf16le'))).toMatchObject({ line: 1, column: 1 });
  });

  test('for a flood that comes in small pieces, not for a long file', async () => {
    const piece = 'x'.repeat(60_000);
    const flood = file('<Form><!--').split('</Dimona>')[0] ?? '';
    expect(await broken(flood, ...Array.from({ length: 20 }, () => piece))).toMatchObject({
      reason: 'more than 1 MiB without an element',
    });
    expect(await read(file(...Array.from({ length: 3000 }, () => form(cancel))))).toHaveLength(3000);
  });

  test('also when forms before it were good', async () => {
    expect(await broken(file(form(cancel)), '<x/>')).toMatchObject({ line: 6 });
  });
});
