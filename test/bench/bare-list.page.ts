import nl from '../../locales/nl.json' with { type: 'json' };
import { bitsOf } from '../../src/relations/counts.store.ts';
import { CHOICE_FIELDS, CHOICES } from '../../src/relations/filter.choices.ts';
import { ONE_COLUMN, type OneColumn } from '../../src/relations/filter.store.ts';

/**
 * The list page by hand: text joined to text. What is the same for everybody is cut once from a page that the portal gave; the rest is spelt
 * here, in Dutch, as far as the benchmark's address needs it.
 */

/** The counts of the list statement: rows that are alike, and what the form offers, of each field by itself. */
interface Counts {
  tallies: Tally[];
  offered: Offered[];
}
interface Tally {
  wanted: boolean;
  hit: boolean;
  cancelled: boolean;
  verdict: 'onTime' | 'late' | 'unknown';
  n: number;
}
type Offered = [of: number, value: string, listed: string | null, told: string | null, n: number];

/** A row of the list statement: the counts, then the columns of a relation in the statement's order. */
export type BareRow = [
  counts: Counts,
  periodId: string,
  startDate: string,
  startHour: string | null,
  endDate: string | null,
  endHour: string | null,
  agencyNumber: string,
  userKey: string | null,
  userName: string | null,
  userNumber: string | null,
  workerType: string,
  verdict: 'onTime' | 'late' | 'unknown',
  cancelled: boolean,
  warnings: (keyof typeof nl.warning)[],
];

export interface Person {
  given: string | null;
  family: string;
}

const SPECIAL = /[&<>"']/;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string) =>
  SPECIAL.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string) : text;

const WEEKDAYS = ['zo', 'ma', 'di', 'wo', 'do', 'vr', 'za'];
const MONTHS = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const weekday = (day: string) => WEEKDAYS[new Date(day).getUTCDay()];
const dayOf = (day: string) => (day.charCodeAt(8) === 48 ? day.slice(9) : day.slice(8));
const month = (day: string) => MONTHS[Number(day.slice(5, 7)) - 1];
const short = (day: string) => `${weekday(day)} ${dayOf(day)} ${month(day)}`;
const medium = (day: string) => `${short(day)} ${day.slice(0, 4)}`;
const hour = (hhmm: string) => `${hhmm.slice(0, 2)}.${hhmm.slice(2)}`;

function days(start: string, end: string | null): string {
  if (end === null) return `vanaf ${medium(start)}`;
  if (start === end) return medium(start);
  if (start.slice(0, 4) !== end.slice(0, 4)) return `${medium(start)} – ${medium(end)}`;
  if (start.slice(5, 7) !== end.slice(5, 7)) return `${short(start)} – ${medium(end)}`;
  return `${weekday(start)} ${dayOf(start)} – ${medium(end)}`;
}

const dotted = (number: string) => `${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`;
const unnamed = (number: string) => `${dotted(number)} (naam niet bekend)`;

function row(r: BareRow, names: Map<string, string>): string {
  const [
    ,
    id,
    start,
    startHour,
    end,
    endHour,
    agencyNumber,
    userKey,
    userTold,
    userNumber,
    type,
    verdict,
    cancelled,
    warnings,
  ] = r;
  const userName = names.get(userNumber ?? '') ?? userTold;
  const hours =
    startHour === null
      ? ''
      : `<span class="soft">${hour(startHour)}${endHour === null ? '' : ` – ${hour(endHour)}`} uur</span>`;
  const agency = safe(names.get(agencyNumber) ?? unnamed(agencyNumber));
  const user = userName ?? (userNumber !== null ? unnamed(userNumber) : userKey === null ? 'Geen' : 'Naam niet bekend');
  const mark = cancelled ? 'cancelled' : verdict;
  const warning = warnings.find((one) => one !== 'userCompanyUnknown');
  const late = cancelled && verdict === 'late' ? nl.verdict.late : '';
  const said = warning ? nl.warning[warning] : '';
  const note = late || said ? `<span class="soft">${late}${late && said ? ' · ' : ''}${said}</span>` : '';
  return `<tr role="row"><td role="cell"><a class="utrecht-link utrecht-link--html-a" href="/relations/${id}">${days(start, end)}</a>${hours}</td><td role="cell"><span class="via">via </span>${agency}</td><td role="cell">${safe(user)}</td><td role="cell">${typeName(type)}</td><td role="cell"><span class="utrecht-data-badge mark mark--${mark}"><svg class="icon" aria-hidden="true"><use href="#i-${mark}"/></svg>${nl.verdict[mark]}</span>${note}</td></tr>\n`;
}

const typeName = (code: string) => (nl.types as Record<string, string>)[code] ?? code;

const committees = nl.committees as Record<string, string>;
const capital = (text = '') => text.charAt(0).toUpperCase() + text.slice(1);
const committeeName = (code: string) =>
  code === 'XXX' ? capital(committees[code]) : `PC ${code}: ${committees[code]}`;
const company = ([, value, listed, told]: Offered) =>
  listed ?? told ?? (/^\d{10}$/.test(value) ? unnamed(value) : value);

const LABELS: Record<(typeof CHOICES)[OneColumn]['named'] | 'committees', (offered: Offered) => string> = {
  types: ([, value]) => typeName(value),
  committees: ([, value]) => committeeName(value),
  directory: company,
};

/** The company's name, else the code or number. */
const keyOf = ([, value, listed, told]: Offered, isCompany: boolean) => (isCompany ? (listed ?? told ?? value) : value);

function options(name: OneColumn, offered: Offered[]): string {
  const { named } = CHOICES[name];
  const key = (one: Offered) => keyOf(one, named === 'directory');
  let html = '';
  offered.sort((a, b) => b[4] - a[4] || (key(a) < key(b) ? -1 : 1));
  offered.forEach((one, i) => {
    html += `<label class="choice__option" for="${name}-${i}"><input type="checkbox" id="${name}-${i}" name="${name}" value="${one[1]}"><span>${safe(LABELS[named](one))}</span><span class="choice__count">${one[4]}</span></label>\n`;
  });
  return html;
}

const MARKS = ['onTime', 'late', 'unknown', 'cancelled'] as const;

/** Of verdicts all, in their own order, however many. */
function verdictOptions(tallies: Tally[]): string {
  let html = '';
  MARKS.forEach((mark, i) => {
    let count = 0;
    for (const one of tallies)
      if (one.wanted && (mark === 'cancelled' ? one.cancelled : one.verdict === mark)) count += one.n;
    html += `<label class="choice__option" for="verdict-${i}"><input type="checkbox" id="verdict-${i}" name="verdict" value="${mark}"><span>${nl.verdict[mark]}</span><span class="choice__count">${count}</span></label>\n`;
  });
  return html;
}

const counted = (n: number, one: string, many: string) => (n === 0 ? `Geen ${many}` : `${n} ${n === 1 ? one : many}`);

function selection(total: number, agencies: number, year: number): string {
  const places = total === 0 ? '' : `, bij ${counted(agencies, 'uitzendkantoor', 'uitzendkantoren')}`;
  return `${counted(total, 'arbeidsrelatie', 'arbeidsrelaties')} van ${year - 1} tot en met ${year + 1}${places}`;
}

const WORDS = ['tijdig', 'laattijdig', 'niet bekend', 'geannuleerd'];

function verdicts(tallies: Tally[]): string {
  const marks = { onTime: 0, late: 0, unknown: 0, cancelled: 0 };
  for (const { hit, cancelled, verdict, n } of tallies) if (hit) marks[cancelled ? 'cancelled' : verdict] += n;
  const [first, ...others] = MARKS.map((mark, i) => [marks[mark], WORDS[i]] as const)
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`);
  return [`<strong>${first}</strong>`, ...others].join(', ');
}

const pageLink = (page: number, current: string) =>
  `<a class="pages__page" href="/relations${page === 1 ? '' : `?page=${page}`}" aria-label="Pagina ${page}"${current}>${page}</a>\n`;

function pages(total: number): string {
  const last = Math.ceil(total / 25);
  if (last < 2) return '';
  const links = pageLink(1, ' aria-current="page"') + pageLink(2, '') + (last > 2 ? pageLink(last, '') : '');
  return `<nav class="utrecht-pagination pages" aria-label="Pagina’s">\n${links}<a class="utrecht-link utrecht-link--html-a" rel="next" href="/relations?page=2">Volgende ›</a><a class="utrecht-link utrecht-link--html-a pages__size" href="/relations?pageSize=all">Alles op één pagina</a>\n</nav>\n\n`;
}

/** Ends with the line that the template itself ends with. */
const others = (n: number) =>
  n === 0
    ? '\n'
    : `<p class="soft"><a class="utrecht-link utrecht-link--html-a" href="/relations?sector=other">Je hebt ook ${n} ${n === 1 ? 'aangifte' : 'aangiften'} buiten uitzendarbeid</a></p>\n\n`;

/** Where the page differs from one person to another: each place stands between two texts, in this order. */
const PLACES: [after: string, before: string][] = [
  ['<span class="who__name">', '</span>'],
  ['<span class="who__short" aria-hidden="true">', '</span>'],
  ['<p class="lead">', '</p>'],
  ...CHOICE_FIELDS.map((): [string, string] => ['</legend>\n', '</fieldset>']),
  [`${nl.order.text} <strong>`, '</strong>'],
  ['<tbody role="rowgroup">\n', '</tbody>'],
  ['<div class="bar bar--below">\n', '<p class="soft">'],
  ['</a></p>\n</div>\n', '<p class="disclaimer">'],
];

/** @returns the pieces between the places */
function cut(page: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const [after, before] of PLACES) {
    const start = page.indexOf(after, from) + after.length;
    if (start < after.length) throw new Error(`the list page no longer holds ${after}`);
    pieces.push(page.slice(from, start));
    from = page.indexOf(before, start);
  }
  return [...pieces, page.slice(from)];
}

/** A writer of list pages, made from a page of the portal's. */
export function pageWriter(sample: string): (rows: BareRow[], person: Person, year: number) => string {
  const pieces = cut(sample);
  const [a, b, c] = pieces;
  const between = pieces.slice(3, 4 + ONE_COLUMN.length);
  const [g, h, i, j, k] = pieces.slice(4 + ONE_COLUMN.length);
  return (rows, { given, family }, year) => {
    const { tallies, offered } = (rows[0] as BareRow)[0];
    const groups = new Map<number, Offered[]>();
    const names = new Map<string, string>();
    for (const one of offered) {
      const [of, value, listed] = one;
      const group = groups.get(of);
      if (group) group.push(one);
      else groups.set(of, [one]);
      if (listed !== null) names.set(value, listed);
    }
    const byField = ONE_COLUMN.map((field) => groups.get(bitsOf(field)) ?? []);
    let [total, other] = [0, 0];
    for (const { hit, wanted, n } of tallies) {
      if (hit) total += n;
      if (!wanted) other += n;
    }
    const name = given === null ? family : `${given} ${family}`;
    const initials = `${name[0]}. ${name[name.lastIndexOf(' ') + 1]}.`;
    const says = selection(total, byField[ONE_COLUMN.indexOf('agency')]?.length ?? 0, year);
    let html = `${a + safe(name) + b + initials + c}${says}. ${verdicts(tallies)}.`;
    for (const [at, field] of ONE_COLUMN.entries()) html += between[at] + options(field, byField[at] ?? []);
    html += between[ONE_COLUMN.length] + verdictOptions(tallies) + g + says + h;
    for (const one of rows) html += row(one, names);
    return html + i + pages(total) + j + others(other) + k;
  };
}
