import { ALL_METHODS } from '../app.ts';

/** What people, programs and those who mean harm put into fields. */

/** Marks that must never come back as they were typed. */
const HTML = `<script>fault("it's")</script>`;

export const WRONG: Record<string, string> = {
  nothing: '',
  'far too much': 'x'.repeat(10_000),
  'control characters': 'a\0b\u0007c\r\n\u001b[31md\u202ee',
  'half a character': '%ED%A0%80%',
  'lone surrogate': '\ud800',
  html: HTML,
  'an attribute': `" onfocus="fault()" x='`,
  'a day that is none': '2026-02-30',
  'no day at all': '0000-00-00',
  'a day of another age': '99999-12-31',
  'a huge number': '9'.repeat(40),
  'a name of an object': '__proto__',
  'a template': '<%= it %>{{7*7}}#{7*7}',
};

/** Kinds of JSON that no form sends. */
export const WRONG_JSON: readonly unknown[] = [null, 7, true, 'words', [], [[]], {}, { toString: 1 }, ['a', { b: 1 }]];

interface Told {
  statusCode: number;
  headers: Record<string, unknown>;
  body: string;
}

/** What a visitor should not meet in an answer; empty when it is fine. */
export function faultsOf({ statusCode, headers, body }: Told): string[] {
  const faults: string[] = [];
  const type = String(headers['content-type'] ?? '');
  if (statusCode >= 500) faults.push(`status ${statusCode}`);
  if (/<script>fault|" onfocus="fault/.test(body) && type.includes('html')) faults.push('an echo that is not escaped');
  if (/undefined|\[object |\bNaN\b|Invalid|at \w+ \(|node_modules|select .* from /.test(body) && type.includes('html'))
    faults.push('words of a program');
  if (statusCode >= 400 && type.includes('html') && !isWithNextStep(body)) faults.push('no word on what to do now');
  if (statusCode >= 400 && !/html|problem\+json|application\/json/.test(type)) faults.push(`an answer of type ${type}`);
  const location = String(headers.location ?? '/');
  if (!/^\/(?!\/)/.test(location) && !location.startsWith(ALL_METHODS.MTLS_URL)) faults.push(`leads to ${location}`);
  if (location.length > 6_000) faults.push(`leads to an address of ${location.length} characters`);
  return faults;
}

function isWithNextStep(html: string): boolean {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return /<h1/.test(main) && /<(a|button) /.test(main);
}
