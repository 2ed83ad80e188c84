import { z } from 'zod';
import { CLIENT_SCOPES } from '../identity/visitor.ts';
import { bodyShape } from './json-line.body.ts';
import { OPERATIONS, type Operation, type SchemaName } from './openapi.operations.ts';
import { searchSchema } from './rest.ts';

/** The service as an OpenAPI 3.1 document. Bodies are described by the very schemas that read them. */
export function openApi(publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS)
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationOf(operation) };
  const flow = {
    tokenUrl: `${publicUrl}/REST/oauth/v5/token`,
    scopes: Object.fromEntries(CLIENT_SCOPES.map((scope) => [scope, SCOPES[scope]])),
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Interim@work: Dimona for agencies',
      version: '2',
      description:
        'In the shape of the Dimona REST service v2 of Belgian social security. Read also docs/dimona-service.md.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: { agency: { type: 'oauth2', flows: { clientCredentials: flow } } },
      schemas: SCHEMAS,
    },
  };
}

const SCOPES = {
  'scope:dimona:declaration:declarant': 'Declare for the client’s agency, and read what it declared.',
  'scope:dimona:declaration:consult': 'Read what the client’s agency declared.',
};

function operationOf(of: Operation): object {
  const inPath = /\{(\w+)\}/.exec(of.path)?.[1];
  const text = { type: 'string' };
  const parameters = [
    ...(inPath ? [{ name: inPath, in: 'path', required: true, schema: text }] : []),
    ...of.query.map((one) => ({ ...one, in: 'query', schema: text })),
    ...of.headers.map((one) => ({ ...one, in: 'header', schema: text })),
  ];
  return {
    operationId: of.id,
    summary: of.summary,
    ...(of.description === '' ? {} : { description: of.description }),
    // one scope is enough: each is a way of its own
    security: of.scopes.map((scope) => ({ agency: [scope] })),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(of.body ? { requestBody: bodyOf(of.body) } : {}),
    responses: Object.fromEntries(Object.entries(of.answers).map(([status, answer]) => [status, answerOf(answer)])),
  };
}

function bodyOf({ types, schema, example }: NonNullable<Operation['body']>): object {
  const content = { ...(schema ? { schema: ref(schema) } : {}), ...(example === null ? {} : { example }) };
  return { required: true, content: Object.fromEntries(types.map((type) => [type, content])) };
}

function answerOf({ description, schema, type }: Operation['answers'][string]): object {
  return { description, content: { [type]: schema ? { schema: ref(schema) } : {} } };
}

const ref = (schema: SchemaName) => ({ $ref: `#/components/schemas/${schema}` });
const read = (schema: z.ZodType) => {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return body;
};
const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const object = (properties: Record<string, object>, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const BLOCKS = ['dimonaIn', 'dimonaUpdate', 'dimonaOut', 'dimonaCancel'];
const result = { type: 'string', enum: ['A', 'W', 'B'], description: 'Accepted, accepted with a warning, refused.' };
const anomalies = {
  type: 'array',
  items: object({ errorId: text, severity: text, labelNl: text, labelFr: text }, ['errorId', 'severity']),
};

const SCHEMAS: Record<SchemaName, object> = {
  Declaration: {
    ...read(bodyShape),
    oneOf: BLOCKS.map((block) => ({ required: [block] })),
    description: 'Exactly one of the four blocks. Unknown properties are ignored.',
  },
  Search: read(searchSchema),
  TokenRequest: object(
    { grant_type: { const: 'client_credentials' }, client_assertion_type: text, client_assertion: text, scope: text },
    ['grant_type', 'client_assertion_type', 'client_assertion'],
  ),
  Token: object({ access_token: text, token_type: { const: 'Bearer' }, expires_in: count, scope: text }),
  DeclarationAnswer: object(
    {
      href: text,
      worker: { type: 'object' },
      employer: { type: 'object' },
      ...Object.fromEntries(BLOCKS.map((block) => [block, { type: 'object' }])),
      declarationStatus: object({ declarationId: text, result, period: object({ id: text, href: text }), anomalies }, [
        'declarationId',
        'result',
        'anomalies',
      ]),
    },
    ['href', 'employer', 'declarationStatus'],
  ),
  Period: object(
    {
      periodId: text,
      href: text,
      startDate: text,
      startHour: text,
      endDate: text,
      endHour: text,
      plannedHoursNumber: count,
      worker: { type: 'object' },
      employer: { type: 'object' },
      features: { type: 'object' },
      isCancelled: { type: 'boolean' },
      isLate: { type: 'boolean' },
      isLocked: { type: 'boolean' },
      anomalies,
    },
    [
      'periodId',
      'href',
      'startDate',
      'worker',
      'employer',
      'features',
      'isCancelled',
      'isLate',
      'isLocked',
      'anomalies',
    ],
  ),
  Page: object({ items: { type: 'array', items: { type: 'object' } }, next: { type: ['string', 'null'] } }),
  Batch: object(
    {
      href: text,
      batchId: text,
      state: { type: 'string', enum: ['declaring', 'done'] },
      fileName: text,
      sha256: text,
      receivedAt: text,
      finishedAt: text,
      forms: count,
      answered: count,
      results: object({ A: count, W: count, B: count }),
      receipt: object({ identification: text, resultCode: count, href: text }),
      notifications: { type: 'array', items: object({ identification: text, from: count, to: count, href: text }) },
      declarations: object({ href: text }),
    },
    [
      'href',
      'batchId',
      'state',
      'sha256',
      'receivedAt',
      'forms',
      'answered',
      'results',
      'receipt',
      'notifications',
      'declarations',
    ],
  ),
  Problem: object(
    {
      type: text,
      title: text,
      status: count,
      instance: text,
      errors: { type: 'array', items: object({ field: text, message: text }) },
      line: count,
      column: count,
    },
    ['type', 'title', 'status', 'instance'],
  ),
};
