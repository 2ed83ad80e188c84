import { z } from 'zod';
import { CHOICES, eachChoice } from './filter.choices.ts';
import { SORTS } from './filter.ts';

/** The shape of `/relations.json`, published at `/schemas/relations.json`. Days, hours and instants are text; null where unknown. */

const day = z.iso.date();
const hour = z.string().regex(/^([01]\d|2[0-3])[0-5]\d$/);
const instant = z.iso.datetime();
const enterpriseNumber = z.string().regex(/^[01]\d{9}$/);
const anomaly = z.string().regex(/^\d{5}-\d{3}$/);
const change = z.strictObject({ from: z.json(), to: z.json() });

const declaration = z.strictObject({
  declarationId: z.string(),
  kind: z.enum(['IN', 'UPDATE', 'OUT', 'CANCEL']),
  receivedAt: instant.nullable(),
  result: z.enum(['A', 'W']).describe('accepted, or accepted with a warning'),
  anomalies: z.array(anomaly),
  changes: z.record(z.string(), change).describe('field → value before and after'),
});

const relation = z.strictObject({
  periodId: z.string().describe('Dimona period'),
  workerType: z.string(),
  jointCommittee: z.string(),
  startDate: day,
  startHour: hour.nullable(),
  endDate: day.nullable(),
  endHour: hour.nullable(),
  plannedHours: z.number().nullable(),
  agency: z.strictObject({
    enterpriseNumber,
    nssoNumber: z
      .string()
      .regex(/^\d{9}$/)
      .nullable(),
    name: z.string().nullable(),
  }),
  userCompany: z
    .strictObject({
      enterpriseNumber: enterpriseNumber.nullable(),
      name: z.string().nullable(),
      jointCommittee: z.string().nullable(),
      address: z.record(z.string(), z.string()).nullable(),
    })
    .nullable(),
  status: z.enum(['coming', 'current', 'ended', 'cancelled']),
  timeliness: z.strictObject({
    verdict: z.enum(['onTime', 'late', 'unknown']),
    receivedAt: instant.nullable(),
    dueAt: instant,
    decidedBy: z.string().describe('declarationId'),
  }),
  warnings: z.array(z.enum(['cancelledAfterStart', 'changedAfterStart', 'userCompanyUnknown'])),
  anomalies: z.array(anomaly),
  declarations: z.array(declaration),
});

const filter = z.strictObject({
  from: day.nullable(),
  to: day.nullable(),
  year: z.union([z.int(), z.literal('all')]).nullable(),
  ...eachChoice((field) => z.array(CHOICES[field].value)),
  sort: z.enum(SORTS),
  dir: z.enum(['asc', 'desc']),
  sector: z.enum(['temp', 'other']),
});

const answer = z
  .strictObject({
    items: z.array(relation),
    total: z.int().describe('every row of the filter'),
    page: z.int(),
    pageSize: z.union([z.literal(25), z.literal('all')]),
    filter,
  })
  .describe('Work relations of a worker, as Interim@work hands them out. A work relation is not a contract.');

/** As JSON Schema, draft 2020-12. */
export function relationsSchema(): object {
  return z.toJSONSchema(answer, { io: 'output' });
}
