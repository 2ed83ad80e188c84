import { anomaly } from '../declarations/anomalies.ts';
import { type Chip, choiceGroup, type FilterForm, type Group } from '../relations/filter.pages.ts';
import { companyName, typeName } from '../relations/names.pages.ts';
import { plainDay } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Chosen, DeskChoices } from './declarations.ts';
import { type DeskField, type DeskFilter, deskFields, deskQuery, KINDS, RESULTS } from './filter.ts';
import type { PersonKeys } from './person-key.ts';
import { counted, personName } from './words.pages.ts';

/** The desk's filter in words, as chips and as a form. */

const MANY = ['kind', 'type', 'user', 'result', 'anomaly', 'verdict'] as const;
type ManyField = (typeof MANY)[number];

/** What the words of a filter need to know beside it. */
export interface DeskFacts {
  today: string;
  keys: PersonKeys;
  chosen: Chosen;
}

function valueName(lang: Lang, field: ManyField, value: string, users: Map<string, string>): string {
  const w = words(lang, 'desk');
  if (field === 'kind') return w.kind[value as (typeof KINDS)[number]];
  if (field === 'result') return w.result[value as (typeof RESULTS)[number]];
  if (field === 'verdict') return w.result.late;
  if (field === 'type') return typeName(lang, value);
  if (field === 'anomaly') return anomaly(value)[lang];
  return companyName(lang, users.get(value) ?? null, /^\d{10}$/.test(value) ? value : null);
}

/** What was chosen, each as words with the filter without it. */
function parts(filter: DeskFilter, lang: Lang, facts: DeskFacts): { label: string; without: Partial<DeskFilter> }[] {
  const { from, to, verified, name, starts, batch } = filter;
  const { person, users } = facts.chosen;
  const found: { label: string; without: Partial<DeskFilter> }[] = [];
  if (from !== null || to !== null)
    found.push({ label: receivedWords(lang, from, to), without: { from: null, to: null } });
  if (starts !== null) {
    const day = plainDay(lang, starts === 'today' ? facts.today : starts);
    found.push({ label: say(lang, 'desk.startsOn', { day }), without: { starts: null } });
  }
  for (const field of MANY)
    for (const value of filter[field])
      found.push({
        label: inSentence(lang, field, value, users),
        without: { [field]: (filter[field] as string[]).filter((other) => other !== value) },
      });
  if (verified !== null) found.push({ label: words(lang, 'desk').verified[verified], without: { verified: null } });
  if (filter.worker !== null) {
    const label = person === null ? words(lang, 'desk').nobody : personName(lang, { ...person, workerId: null });
    found.push({ label, without: { worker: null } });
  }
  if (batch !== null) found.push({ label: words(lang, 'desk').ofBatch, without: { batch: null } });
  if (name !== null) found.push({ label: say(lang, 'desk.named', { name }), without: { name: null } });
  return found;
}

/** The value as it stands in the middle of a sentence about several declarations; German nouns keep their capital. */
function inSentence(lang: Lang, field: ManyField, value: string, users: Map<string, string>): string {
  const results = words(lang, 'desk').results;
  if (field === 'result') return results[value as (typeof RESULTS)[number]];
  if (field === 'verdict') return results.late;
  const name = valueName(lang, field, value, users);
  const isName = lang === 'de' || field === 'user' || field === 'type';
  return isName ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

function receivedWords(lang: Lang, from: string | null, to: string | null): string {
  if (from !== null && from === to) return say(lang, 'desk.received.day', { day: plainDay(lang, from) });
  if (from === null) return say(lang, 'desk.received.until', { to: plainDay(lang, to ?? '') });
  if (to === null) return say(lang, 'desk.received.since', { from: plainDay(lang, from) });
  return say(lang, 'desk.received.between', { from: plainDay(lang, from), to: plainDay(lang, to) });
}

/** The filter as a sentence: '1.000+ aangiften, ontvangen vanaf 17 november 2026, geweigerd.' */
export function deskSentence(filter: DeskFilter, lang: Lang, total: number, facts: DeskFacts): string {
  const head = say(lang, 'desk.declarations', { n: total, count: counted(lang, total) });
  return `${[head, ...parts(filter, lang, facts).map(({ label }) => label)].join(', ')}.`;
}

/** What was chosen, each with the address of the table without it. */
export function deskChips(filter: DeskFilter, lang: Lang, facts: DeskFacts): Chip[] {
  return parts(filter, lang, facts).map(({ label, without }) => ({
    label,
    href: paths.declarations(deskQuery(filter, facts.keys, without)),
  }));
}

/** The form that makes the filter: what it holds itself, and hidden what it must not lose. */
export function deskForm(filter: DeskFilter, lang: Lang, choices: DeskChoices, facts: DeskFacts): FilterForm {
  const kept: DeskField[] = ['worker', 'name', 'starts', 'batch'];
  const users = new Map([
    ...facts.chosen.users,
    ...choices.users.flatMap(({ value, label }) => (label === null ? [] : [[value, label] as const])),
  ]);
  const offered: Record<ManyField, readonly string[]> = {
    kind: KINDS.filter((kind) => kind !== 'DAILY'),
    type: choices.types,
    user: choices.users.map(({ value }) => value),
    result: RESULTS,
    anomaly: choices.anomalies,
    verdict: ['late'],
  };
  const w = words(lang, 'desk').field;
  const group = (name: ManyField): Group => {
    const chosen: string[] = filter[name];
    const all = [...new Set([...offered[name], ...chosen])];
    const options = all.map((value) => ({ value, label: valueName(lang, name, value, users) }));
    return choiceGroup(lang, { name, label: w[name], chosen, options });
  };
  return {
    action: paths.DECLARATIONS,
    hidden: deskFields(filter, facts.keys).flatMap(([name, value]) => (kept.includes(name) ? [{ name, value }] : [])),
    dates: { from: filter.from ?? '', to: filter.to ?? '' },
    groups: [...MANY.map(group), verifiedGroup(filter, lang)],
  };
}

function verifiedGroup({ verified }: DeskFilter, lang: Lang): Group {
  const w = words(lang, 'desk');
  const options = (['no', 'yes'] as const).map((value) => ({ value, label: w.verified[value] }));
  return choiceGroup(lang, {
    name: 'verified',
    label: w.field.verified,
    chosen: verified === null ? [] : [verified],
    options,
  });
}

/** A sentence for the parts of an address that could not be read, or null when all could. */
export function deskDropped(lang: Lang, dropped: DeskField[]): string | null {
  if (dropped.length === 0) return null;
  const w = words(lang, 'desk').field;
  return say(lang, 'filter.dropped', { fields: dropped.map((field) => w[field]).join(', ') });
}
