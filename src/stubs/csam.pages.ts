import type { KoaContextWithOIDC } from 'oidc-provider';
import type { CsamPerson, Means } from './csam.ts';
import { asCsamLang, WORDS } from './csam.words.ts';

/** Style and script of these pages alone: nothing else of the stub is loaded by a browser. */
export const FILES = { style: '/csam.css', script: '/csam.js' } as const;

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function frame(lang: string, title: string, body: string, script = ''): string {
  return `<!doctype html>
<html lang="${asCsamLang(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escaped(title)} – CSAM (demo)</title><link rel="stylesheet" href="${FILES.style}">${script}</head>
<body><header><p>CSAM <span>demo</span></p></header><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
}

export interface Choice {
  lang: string;
  action: string;
  people: readonly CsamPerson[];
  /** Only what is strong enough for what the portal asked. */
  means: readonly Means[];
  /** Whether the last answer chose nobody or nothing. */
  isIncomplete: boolean;
}

/** Who signs in, and by what. */
export function choicePage({ lang, action, people, means, isIncomplete }: Choice): string {
  const w = WORDS[asCsamLang(lang)];
  const radio = (name: string, value: string, label: string, about = '', checked = false) =>
    `<label><input type="radio" name="${name}" value="${value}"${checked ? ' checked' : ''}> <span><strong>${escaped(label)}</strong>${about && `<br><small>${escaped(about)}</small>`}</span></label>`;
  const ways = means.map(({ id, level }, index) => radio('means', id, w[id], `${w.level} ${level}`, index === 0));
  const persons = people.map(({ key, givenName, familyName, about }, index) =>
    radio('person', key, `${givenName ?? ''} ${familyName}`.trim(), about[asCsamLang(lang)], index === 0),
  );
  return frame(
    lang,
    w.title,
    `<p>${escaped(w.demo)}</p>${isIncomplete ? `<p role="alert">${escaped(w.incomplete)}</p>` : ''}
<form method="post" action="${escaped(action)}">
<fieldset><legend>${escaped(w.means)}</legend>${ways.join('')}</fieldset>
<fieldset><legend>${escaped(w.person)}</legend>${persons.join('')}</fieldset>
<p><button name="do" value="sign">${escaped(w.sign)}</button> <button class="quiet" name="do" value="cancel">${escaped(w.cancel)}</button></p>
</form>`,
  );
}

/** Ends the session here; where scripts run, without a click. `form` is the provider's own. */
export function leavingPage(ctx: KoaContextWithOIDC, form: string, lang: string): void {
  const w = WORDS[asCsamLang(lang)];
  const button = `<button form="op.logoutForm" name="logout" value="yes">${escaped(w.leaveNow)}</button>`;
  const script = `<script type="module" src="${FILES.script}"></script>`;
  ctx.body = frame(lang, w.leaveNow, `<p>${escaped(w.leave)}</p>${form}<p>${button}</p>`, script);
}

export function errorPage(ctx: KoaContextWithOIDC, code: string, lang: string): void {
  ctx.type = 'html';
  ctx.body = faultPage(lang, code);
}

export function faultPage(lang: string, code: string): string {
  const w = WORDS[asCsamLang(lang)];
  return frame(lang, w.title, `<p role="alert">${escaped(w.fault)}</p><p><small>${escaped(code)}</small></p>`);
}
