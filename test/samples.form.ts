import type { Declaration } from '../src/declarations/declaration.ts';
import { checkPage } from '../src/declarations/form.check.pages.ts';
import { emptyForm, formOn } from '../src/declarations/form.filled.ts';
import type { Judged, Receipt } from '../src/declarations/form.judged.ts';
import { expiredPage, formPage } from '../src/declarations/form.pages.ts';
import { receiptPage } from '../src/declarations/form.receipt.pages.ts';
import { declarationOf, type Filled, type FormKind, type Standing, type Values } from '../src/declarations/form.ts';
import type { Lang } from '../src/web/language.ts';
import type { Views } from '../src/web/views.ts';

/** The form of staff in its states: empty, wrong, on a period, to be checked, declared. */

const NOW = '2026-11-23T09:00:00Z';
const SCRIPT = '/assets/declare.js';
const ZWAAN = { number: '0566988259', name: 'Brouwerij De Zwaan', city: 'Aalst' };

export const STANDING: Standing = {
  periodId: '656309292174',
  declarationId: '656309292077',
  insz: '85073003328',
  givenName: 'Łukasz',
  familyName: 'Dvořák',
  workerType: 'FLX',
  jointCommittee: '322',
  userNumber: '0566988259',
  userName: 'Brouwerij De Zwaan',
  userAddress: null,
  userJointCommittee: '302',
  startDate: '2026-11-20',
  startHour: '1700',
  endDate: '2026-11-20',
  endHour: '2130',
  plannedHours: null,
  cancelled: false,
};

export function filledIn(values: Partial<Values>): Filled {
  const empty = emptyForm();
  return { ...empty, values: { ...empty.values, ...values } };
}

const WEEK = filledIn({
  insz: '85.07.30-033.28',
  givenName: 'Lukas',
  familyName: 'Dvorak',
  workerType: 'OTH',
  userNumber: '0566.988.259',
  userCommittee: 'XXX',
  startDate: '2026-11-24',
  endDate: '2026-11-27',
});

function judged(filled: Filled, standing: Standing | null, more: Partial<Judged> = {}): Judged {
  const declaration = declarationOf(filled, { agencyNumber: '0403449823', receivedAt: NOW }, standing);
  return { filled, standing, declaration, company: ZWAAN, known: null, faults: [], codes: [], change: null, ...more };
}

function changed(kind: FormKind, values: Partial<Values>): Filled {
  const form = formOn(kind, STANDING);
  return { ...form, values: { ...form.values, ...values } };
}

function receipt(declaration: Partial<Declaration>, more: Partial<Receipt>): Receipt {
  const whole: Declaration = {
    ...declarationOf(WEEK, { agencyNumber: '0403449823', receivedAt: NOW }, null),
    declarationId: '900000001234',
    periodId: '900000001331',
    ...declaration,
  };
  return {
    declaration: whole,
    insz: STANDING.insz,
    result: 'A',
    anomalies: [],
    company: ZWAAN,
    known: null,
    standing: null,
    ...more,
  };
}

export function formSamples(lang: Lang): {
  [V in 'declarations/form' | 'declarations/check' | 'declarations/receipt' | 'declarations/expired']: Views[V][];
} {
  const form = (of: Parameters<typeof formPage>[1]) => formPage(lang, of, SCRIPT);
  const wrong = filledIn({
    insz: '123',
    workerType: 'EXT',
    street: 'x'.repeat(60),
    startDate: '31/12/2026',
    startHour: 'noon',
  });
  const known = { givenName: 'Łukasz', familyName: 'Dvořák' };
  const warned = { before: null, after: { warnings: ['changedAfterStart', 'cancelledAfterStart'] } } as never;
  return {
    'declarations/form': [
      form({ filled: emptyForm(), standing: null, company: null }),
      form({ filled: WEEK, standing: null, company: ZWAAN }),
      form({
        ...judged(wrong, null, { company: null }),
        faults: [{ field: 'street', fault: 'tooLong' }],
        codes: ['00024-003', '00046-001', '00777-003', '00911-001', '90107-351', '00014-235'],
      }),
      ...(['UPDATE', 'OUT', 'CANCEL'] as const).map((kind) =>
        form({ filled: formOn(kind, STANDING), standing: STANDING, company: null }),
      ),
      form({
        ...judged(changed('UPDATE', { endHour: '' }), STANDING),
        faults: [
          { field: 'endHour', fault: 'emptied' },
          { field: null, fault: 'changedMeanwhile' },
        ],
      }),
      form({ filled: formOn('UPDATE', STANDING), standing: { ...STANDING, cancelled: true }, company: null }),
      form({
        filled: formOn('UPDATE', STANDING),
        standing: { ...STANDING, workerType: 'STU', plannedHours: 20 },
        company: null,
      }),
    ],
    'declarations/check': [
      checkPage(lang, 'k3f9x2m7q8w1z5t4', judged(WEEK, null, { known }), NOW),
      checkPage(
        lang,
        'k3f9x2m7q8w1z5t4',
        judged(filledIn({ ...WEEK.values, startDate: '2026-11-20' }), null, { company: null }),
        NOW,
      ),
      checkPage(
        lang,
        'k3f9x2m7q8w1z5t4',
        judged(filledIn({ ...WEEK.values, startDate: '2026-11-23', plannedHours: '8' }), null),
        NOW,
      ),
      checkPage(
        lang,
        'k3f9x2m7q8w1z5t4',
        judged(changed('UPDATE', { endHour: '22:00' }), STANDING, { change: warned }),
        NOW,
      ),
      checkPage(lang, 'k3f9x2m7q8w1z5t4', judged(changed('CANCEL', {}), STANDING, { change: warned }), NOW),
    ],
    'declarations/receipt': [
      receiptPage(lang, receipt({}, { known, standing: STANDING }), 'Tempo Interim'),
      receiptPage(lang, receipt({}, { result: 'W', anomalies: ['90373-460'], company: null }), 'Tempo Interim'),
      receiptPage(lang, receipt({ kind: 'OUT', endDate: '2026-11-26' }, { standing: STANDING }), 'Tempo Interim'),
      receiptPage(lang, receipt({ endDate: 'soon' }, { result: 'B', anomalies: ['00911-003'] }), 'Tempo Interim'),
    ],
    'declarations/expired': [expiredPage(lang)],
  };
}
