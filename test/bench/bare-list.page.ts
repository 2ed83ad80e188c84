import nl from '../../locales/nl.json' with { type: 'json' };
import { loadAssets } from '../../src/web/assets.ts';

/** The list page by hand: text joined to text, what never changes joined once. It holds what the benchmark asks for and no more. */

interface Facet {
  value: string;
  label: string | null;
  count: number;
}

interface Facets {
  type: Facet[];
  agency: Facet[];
  user: Facet[] | null;
  other: number;
  total: number;
  onTime: number;
  late: number;
  unknown: number;
  cancelled: number;
}

/** A row of the list statement: the counts, then the columns of a relation in the statement's order. */
export type BareRow = [
  facets: Facets,
  periodId: string,
  startDate: string,
  startHour: string | null,
  endDate: string | null,
  endHour: string | null,
  agencyNumber: string,
  agencyName: string | null,
  userKey: string | null,
  userName: string | null,
  userNumber: string | null,
  workerType: string,
  verdict: 'onTime' | 'late' | 'unknown',
  cancelled: boolean,
  warnings: (keyof typeof nl.warning)[],
];

export interface Asked {
  given: string | null;
  family: string;
  url: string;
  page: number;
  year: number;
}

const SPECIAL = /[&<>"']/;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string) => (SPECIAL.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string) : text);

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

function row(r: BareRow): string {
  const [, id, start, startHour, end, endHour, agencyNumber, agencyName, userKey, userName, userNumber, type] = r;
  const [verdict, cancelled, warnings] = [r[12], r[13], r[14]];
  const hours = startHour === null ? '' : `<span class="soft">${hour(startHour)}${endHour === null ? '' : ` – ${hour(endHour)}`} uur</span>`;
  const agency = safe(agencyName ?? unnamed(agencyNumber));
  const user = userName ?? (userNumber !== null ? unnamed(userNumber) : userKey === null ? 'Geen' : 'Naam niet bekend');
  const mark = cancelled ? 'cancelled' : verdict;
  const warning = warnings.find((one) => one !== 'userCompanyUnknown');
  const note = warning ? `<span class="soft">${nl.warning[warning]}</span>` : '';
  return `<tr role="row"><td role="cell"><a class="utrecht-link utrecht-link--html-a" href="/relations/${id}">${days(start, end)}</a>${hours}</td><td role="cell"><span class="via">via </span>${agency}</td><td role="cell">${safe(user)}</td><td role="cell">${typeName(type)}</td><td role="cell"><span class="utrecht-data-badge mark mark--${mark}"><svg class="icon" aria-hidden="true"><use href="#i-${mark}"/></svg>${nl.verdict[mark]}</span>${note}</td></tr>\n`;
}

const typeName = (code: string) => (nl.types as Record<string, string>)[code] ?? code;

const group = (name: string, label: string, options: string) => `<div class="utrecht-form-field"><span class="utrecht-form-label" aria-hidden="true">${label}</span>
<details class="choice" name="choice"><summary class="utrecht-select"><span class="vh">${label}: </span><span class="choice__value">${nl.filter.all}</span></summary>
<fieldset class="choice__panel"><legend class="vh">${label}</legend>
${options}</fieldset></details></div>
`;

function options(name: string, facets: Facet[] | null, labelOf: (facet: Facet) => string): string {
  let html = '';
  facets?.forEach((facet, i) => {
    html += `<label class="choice__option" for="${name}-${i}"><input type="checkbox" id="${name}-${i}" name="${name}" value="${facet.value}"><span>${safe(labelOf(facet))}</span><span class="choice__count">${facet.count}</span></label>\n`;
  });
  return html;
}

const company = ({ label, value }: Facet) => label ?? (/^\d{10}$/.test(value) ? unnamed(value) : value);
