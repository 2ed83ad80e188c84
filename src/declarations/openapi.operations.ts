import type { ClientScope } from '../identity/visitor.ts';

/** What the service offers to agencies' own programs: one table, of which the OpenAPI document and the page for developers are made. */

export interface Operation {
  method: 'GET' | 'POST';
  /** With `{id}` where Fastify says `:id`. */
  path: string;
  id: string;
  summary: string;
  description: string;
  /** One is enough; none: no token is asked. */
  scopes: readonly ClientScope[];
  query: { name: string; description: string }[];
  headers: { name: string; description: string }[];
  body: { types: string[]; schema: SchemaName | null; example: unknown } | null;
  /** Status → what it means; `schema` of its body, null where it is XML. */
  answers: Record<string, { description: string; schema: SchemaName | null; type: string }>;
}

export type SchemaName =
  | 'Declaration'
  | 'Search'
  | 'TokenRequest'
  | 'Token'
  | 'DeclarationAnswer'
  | 'Period'
  | 'Page'
  | 'Batch'
  | 'Problem';

const DECLARE: ClientScope = 'scope:dimona:declaration:declarant';
const CONSULT: ClientScope = 'scope:dimona:declaration:consult';
const READ = [DECLARE, CONSULT];
const DIMONA = '/REST/dimona/v2';
const JSON_TYPE = 'application/json';
const XML_TYPE = 'application/xml';

const problem = (description: string) =>
  ({ description, schema: 'Problem', type: 'application/problem+json' }) as const;
const json = (description: string, schema: SchemaName) => ({ description, schema, type: JSON_TYPE });
const xml = (description: string) => ({ description, schema: null, type: XML_TYPE });
const COMMON = {
  401: problem('No token that counts.'),
  403: problem('A scope is missing, or the employer is not the agency of this client.'),
  429: problem('Too many calls of this client under way: wait and try again.'),
  503: problem('Out of service for a moment: try again after Retry-After.'),
};
const UNKNOWN = { 404: problem('Unknown, or another agency’s: the two cannot be told apart.') };
const INVALID = { 400: problem('Every field that is wrong, by name.') };
const MALFORMED = {
  ...INVALID,
  413: problem('More than 256 KiB.'),
  415: problem('Not application/json.'),
};

const AGENCY = { employer: { enterpriseNumber: '0403449823' } };
const PAGES = [
  { name: 'pageSize', description: 'Items in an answer, 1 to 500; 50 unless said.' },
  { name: 'after', description: 'As “next” of the answer before gives it.' },
];

const EXAMPLE = {
  ...AGENCY,
  worker: { ssin: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák' },
  dimonaIn: {
    startDate: '2026-11-23',
    endDate: '2026-11-27',
    features: {
      workerType: 'OTH',
      jointCommissionNumber: '322',
      usingEmployer: { jointCommissionNumber: 'XXX', enterpriseNumber: '0566988259' },
    },
  },
};

function operation(
  line: `${Operation['method']} /${string}`,
  id: string,
  summary: string,
  more: Partial<Operation> & Pick<Operation, 'answers'>,
): Operation {
  const [method = 'GET', path = ''] = line.split(' ') as [Operation['method'], string];
  const { description = '', scopes = READ, query = [], headers = [], body = null } = more;
  const answers = scopes.length === 0 ? more.answers : { ...more.answers, ...COMMON };
  return { method, path, id, summary, description, scopes, query, headers, body, answers };
}

function search(of: 'declarations' | 'periods' | 'relations', what: string): Operation {
  return operation(`POST ${DIMONA}/${of}/search`, `search-${of}`, `Search ${of}`, {
    description: `${what} Narrowed to a worker, a period, or days that the period touches.`,
    query: PAGES,
    body: { types: [JSON_TYPE], schema: 'Search', example: { ...AGENCY, startDate: '2026-11-01' } },
    answers: { 200: json('A page; “next” leads to the one that follows; the last has none.', 'Page'), ...MALFORMED },
  });
}

const batch = `${DIMONA}/batches/{id}`;

export const OPERATIONS: readonly Operation[] = [
  operation('POST /REST/oauth/v5/token', 'token', 'Get a token', {
    description:
      'client_credentials with a signed assertion (private_key_jwt, RS256 or ES256). Its “aud” is this address, its “jti” is used once, its “exp” lies at most five minutes ahead.',
    scopes: [],
    body: { types: ['application/x-www-form-urlencoded'], schema: 'TokenRequest', example: null },
    answers: {
      200: json('A token of ten minutes.', 'Token'),
      400: { description: 'In the words of OAuth: error and error_description.', schema: null, type: JSON_TYPE },
      401: { description: 'The assertion proves no client.', schema: null, type: JSON_TYPE },
    },
  }),
  operation(`POST ${DIMONA}/declarations`, 'declare', 'Declare', {
    description:
      'Exactly one of dimonaIn, dimonaUpdate, dimonaOut and dimonaCancel. A declaration that breaks a rule is no error: it is kept, with result B and its anomalies.',
    scopes: [DECLARE],
    headers: [
      { name: 'Idempotency-Key', description: 'A UUID in quotes: the same key and body get the first answer again.' },
    ],
    body: { types: [JSON_TYPE], schema: 'Declaration', example: EXAMPLE },
    answers: {
      201: json('Judged and kept. Location says where it stays.', 'DeclarationAnswer'),
      409: problem('The key came with another body.'),
      ...MALFORMED,
    },
  }),
  operation(`GET ${DIMONA}/declarations/{id}`, 'declaration', 'One declaration', {
    answers: { 200: json('As it was answered.', 'DeclarationAnswer'), ...UNKNOWN },
  }),
  search('declarations', 'What the agency declared, the newest first.'),
  operation(`GET ${DIMONA}/periods/{id}`, 'period', 'One period', {
    answers: { 200: json('As it stands now.', 'Period'), ...UNKNOWN },
  }),
  search('periods', 'Periods as they stand now, the latest start first.'),
  search('relations', 'A worker each, with his first and last day at the agency.'),
  operation(`POST ${DIMONA}/batches`, 'send-batch', 'Send a file of declarations', {
    description:
      'The DIMONA/SU message, packed by gzip or not: at most 64 MiB as sent, 1 GiB unpacked. Each form is judged by itself. The same file again is the same batch.',
    scopes: [DECLARE],
    headers: [
      { name: 'Content-Disposition', description: 'attachment; filename="…": how the receipt calls the file.' },
    ],
    body: { types: [XML_TYPE, 'text/xml', 'application/gzip'], schema: null, example: null },
    answers: {
      201: json('Every form has its answer. The receipt ACRF001 itself for who accepts application/xml.', 'Batch'),
      202: json('The file is whole; its forms are being declared. Location says where to look.', 'Batch'),
      400: problem('The file is broken and refused whole: line and column.'),
      413: problem('More than 64 MiB as sent or 1 GiB unpacked.'),
      415: problem('Neither XML nor gzip.'),
    },
  }),
  operation(`GET ${batch}`, 'batch', 'How far a batch is', {
    answers: { 200: json('Look again after Retry-After while its state is “declaring”.', 'Batch'), ...UNKNOWN },
  }),
  operation(`GET ${batch}/receipt`, 'batch-receipt', 'Receipt of a batch', {
    answers: { 200: xml('ACRF001.'), ...UNKNOWN },
  }),
  operation(`GET ${batch}/notifications`, 'batch-notifications', 'Notifications of a batch', {
    query: [{ name: 'from', description: 'The first form, as the batch tells; a file holds 5,000.' }],
    answers: { 200: xml('NOTI001, a form each.'), 409: problem('Still being declared.'), ...UNKNOWN },
  }),
  operation(`GET ${batch}/declarations`, 'batch-declarations', 'Declarations of a batch', {
    description: 'In file order, each with “form”, its place in the file.',
    query: PAGES,
    answers: {
      200: json('A page; “next” leads to the one that follows; the last has none.', 'Page'),
      ...INVALID,
      ...UNKNOWN,
    },
  }),
];
