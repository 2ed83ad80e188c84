/** Rows in the text forms in which PostgreSQL reads many at once, and what its own text forms spell otherwise than the portal. */

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A field of COPY's text format; a list becomes an array of text, an object JSON. */
export function copyField(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'object') return escaped(Array.isArray(value) ? listOf(value) : JSON.stringify(value));
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.search(SPECIAL) < 0 ? text : text.replace(SPECIAL, (sign) => ESCAPES[sign] as string);
}

function listOf(values: unknown[]): string {
  return `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** What a record's field may be without quotes, which two levels would have to be escaped. */
const BARE = /^[\w:.+-]+$/;
const SIGN = /["\\]/g;

/** Rows as one parameter: a list of records, their values in the order of the type's columns. */
export function recordsOf(rows: unknown[][]): string {
  return `{${rows.map((values) => `"(${values.map(recordField).join(',')})"`).join(',')}}`;
}

/** Quoted as a field of a record, and that once more as an element of a list. */
function recordField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const isPlain = typeof value !== 'object';
  const text = isPlain ? String(value) : Array.isArray(value) ? listOf(value) : JSON.stringify(value);
  if (BARE.test(text)) return text;
  return `\\"${text.replace(SIGN, (sign) => (sign === '"' ? '\\\\\\"' : '\\\\\\\\'))}\\"`;
}

/** An instant out of JSON that the database made: a session in UTC spells it with its offset, `+00:00`; the portal writes `Z`. */
export function instantOfJson(text: string | null): string | null {
  return text === null ? null : text.replace(/\+00:00$/, 'Z');
}
