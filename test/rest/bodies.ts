import { inszNumber } from '../records.ts';

export const AGENCY = '0403449823';
export const OTHER = '0407585882';
export const USER = '0566988259';

let people = 0;
/** A week of temp work for somebody new. */
export const temp = (over: object = {}, block: object = {}) => ({
  employer: { enterpriseNumber: AGENCY },
  worker: { ssin: inszNumber(++people), givenName: 'Łukasz', familyName: 'Dvořák' },
  dimonaIn: {
    startDate: '2026-11-23',
    endDate: '2026-11-27',
    features: {
      workerType: 'OTH',
      jointCommissionNumber: '322',
      usingEmployer: { jointCommissionNumber: 'XXX', enterpriseNumber: USER },
    },
    ...block,
  },
  ...over,
});

/** What the service answers to a declaration. */
export interface Told {
  href: string;
  declarationStatus: {
    declarationId: string;
    result: string;
    period?: { id: string; href: string };
    anomalies: { errorId: string; severity: string; labelNl: string; labelFr: string }[];
  };
}
