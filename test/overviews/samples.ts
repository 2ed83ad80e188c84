import type { OverviewDocument, OverviewRow, OverviewWords, Verification } from '../../src/overviews/document.ts';
import type { WorkRelation } from '../../src/relations/relation.ts';

export const WORDS: OverviewWords = {
  title: 'Overview of work relations',
  fileTitle: 'Overview of work relations of {name}',
  worker: 'Temp worker',
  insz: 'INSZ',
  selection: 'Selection',
  madeAt: 'Made on',
  source: 'Source',
  sourceText: 'Dimona declarations by the agencies',
  count: 'some work relations',
  period: 'Period',
  hours: 'Hours',
  agency: 'Agency',
  user: 'User company',
  type: 'Type',
  declaration: 'Declaration',
  planned: '{hours} hours planned',
  onTime: 'On time',
  late: 'Late',
  unknown: 'Not known',
  cancelled: 'Cancelled',
  cancelledAfterStart: 'Cancelled after the first day',
  changedAfterStart: 'Changed after the start',
  userCompanyUnknown: 'Company number not known',
  none: 'No work relation matches this selection.',
  disclaimer: 'A work relation is not a contract of employment and does not replace one.',
  reference: 'Reference {reference}',
  sealName: 'Seal of Interim@work',
  page: 'Page {page} of {pages}',
};

export function relation(changes: Partial<WorkRelation> = {}): WorkRelation {
  return {
    periodId: '656309292174',
    agencyNumber: '0403449823',
    jointCommittee: '322',
    workerType: 'OTH',
    userKey: '0566988259',
    userNumber: '0566988259',
    userName: null,
    userAddress: null,
    userJointCommittee: 'XXX',
    startDate: '2026-11-23',
    startHour: null,
    endDate: '2026-11-27',
    endHour: null,
    plannedHours: null,
    cancelled: false,
    verdict: 'onTime',
    receivedAt: '2026-11-22T17:03:11Z',
    decidedBy: '656309292275',
    dueAt: '2026-11-23T22:59:59.999Z',
    warnings: [],
    anomalies: [],
    agencyName: 'Tempo Interim',
    agencyNssoNumber: '935467',
    userCompanyName: 'Brouwerij De Zwaan',
    status: 'coming',
    allWarnings: [],
    timeline: [],
    ...changes,
  };
}

export const VERIFICATION: Verification = {
  url: 'https://interim.example.org/verify/K7M2Q4XW9RT3Y5H8PB61',
  address: 'interim.example.org/verify',
  code: 'K7M2-Q4XW-9RT3-Y5H8-PB61',
  label: 'Check this document:',
  alt: 'QR code that leads to the check of this document, at interim.example.org/verify',
  foot: 'Verification code K7M2-Q4XW-9RT3-Y5H8-PB61',
};

const COMPANIES = ['Çelik Catering', 'Zagerij Dvořák & zonen', 'Ştefan Łukasz BV', 'Hotel Astrid'];

/** Rows that differ from each other; every 7th late, every 11th cancelled. */
export function sampleRow(i: number, mark = ''): OverviewRow {
  const cancelled = i % 11 === 6;
  const late = i % 7 === 2;
  return {
    cells: [
      `day ${i} nov 2026`,
      i % 3 === 0 ? '17.00 – 21.30' : '',
      'Tempo Interim',
      `${COMPANIES[i % 4]} ${mark}${i}`,
      'Flexi-job',
    ],
    verdict: late ? 'late' : 'onTime',
    verdictWord: cancelled ? 'Cancelled' : late ? 'Late' : 'On time',
    cancelled,
    notes: cancelled ? ['Cancelled after the first day'] : [],
  };
}

export function sampleDocument(rows: OverviewRow[], changes: Partial<OverviewDocument> = {}): OverviewDocument {
  return {
    lang: 'nl',
    brand: 'Interim@work',
    title: WORDS.title,
    fileTitle: 'Overview of work relations of Łukasz Dvořák',
    facts: [
      { label: 'Temp worker', value: 'Łukasz Dvořák' },
      { label: 'INSZ', value: '••.••.••-•••.28' },
      { label: 'Made on', value: '23 November 2026 at 18:03' },
      { label: 'Selection', value: 'flexi-job, March 2026, Tempo Interim' },
      { label: 'Source', value: WORDS.sourceText },
    ],
    sections: [
      {
        kind: 'list',
        heading: `${rows.length} work relations`,
        columns: [WORDS.period, WORDS.hours, WORDS.agency, WORDS.user, WORDS.type, WORDS.declaration],
        rows,
        none: WORDS.none,
      },
    ],
    disclaimer: WORDS.disclaimer,
    reference: 'Reference 7K2F-93QD',
    verification: VERIFICATION,
    sealName: WORDS.sealName,
    pagePattern: WORDS.page,
    madeAt: '2026-11-23T17:03:11Z',
    ...changes,
  };
}

export const sampleRows = (count: number, mark = '') => Array.from({ length: count }, (_, i) => sampleRow(i, mark));
