/**
 * Plays the Web eID extension, app and reader in the page, for the demo: answers the documented messages, lets somebody choose
 * a made-up card and enter its PIN, and has the stub's server sign. The page cannot tell it from the real one.
 */
import { WORDS } from './eid-card.words.js';

const VERSION = '2.0.2';
const USER_WAIT = 120_000;
const at = (path) => new URL(path, import.meta.url);

const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: at('eid-card.css') });
document.head.append(style);

let open = false;

window.addEventListener('message', async ({ source, origin, data }) => {
  if (source !== window || origin !== location.origin) return;
  const reply = (kind, fields) => window.postMessage({ action: `${data.action}-${kind}`, ...fields }, origin);
  if (data?.action === 'web-eid:status') {
    reply('ack');
    reply('success', { library: data.libraryVersion, extension: VERSION, nativeApp: VERSION });
  }
  if (data?.action !== 'web-eid:authenticate') return;
  reply('ack');
  if (open) return reply('failure', failure('ACTION_PENDING'));
  open = true;
  const answer = await useReader(data).finally(() => {
    open = false;
  });
  if (answer.token) reply('success', answer.token);
  else reply('failure', failure(answer.code));
});

function failure(code) {
  return { error: { code: `ERR_WEBEID_${code}`, message: 'Virtual card reader' } };
}

/** Shows the reader until it has signed, was stopped, or waited too long: `{token}` or `{code}`. */
async function useReader({ challengeNonce, options }) {
  const lang = WORDS[options?.lang] ? options.lang : 'en';
  const cards = await ask('cards').catch(() => null);
  if (!cards?.length) return { code: 'NATIVE_UNAVAILABLE' };
  const { dialog, form, ...parts } = build(WORDS[lang], lang, cards);
  const done = Promise.withResolvers();
  dialog.addEventListener('close', () => done.resolve({ code: 'USER_CANCELLED' }));
  const late = setTimeout(done.resolve, USER_WAIT, { code: 'USER_TIMEOUT' });
  wire({ form, ...parts, words: WORDS[lang], cards, nonce: challengeNonce, lang, done: done.resolve });
  document.body.append(dialog);
  dialog.showModal();
  const answer = await done.promise;
  clearTimeout(late);
  dialog.close();
  dialog.remove();
  return answer;
}

function wire({ form, pin, hint, alert, replace, cancel, words, cards, nonce, lang, done }) {
  const chosen = () => cards.find(({ insz }) => insz === form.elements.insz.value);
  const say = (text, wrong) => {
    alert.textContent = text;
    pin.ariaInvalid = `${wrong}`;
    pin.value = '';
    pin.focus();
  };
  const show = () => {
    hint.textContent = words.pinHint(chosen().pin);
    replace.hidden = chosen().left > 0;
    alert.textContent = replace.hidden ? '' : words.pinBlocked;
    pin.ariaInvalid = String(!replace.hidden);
  };
  const attempt = async () => {
    if (!pin.value) return say(words.pinMissing, true);
    const card = chosen();
    const signing = { insz: card.insz, pin: pin.value, nonce, origin: location.origin, lang };
    const { token, fault, left = 0 } = await ask('authenticate', signing);
    if (token) return done({ token });
    if (fault === 'invalidArgument' || fault === 'unknownCard') return done({ code: 'NATIVE_INVALID_ARGUMENT' });
    card.left = left;
    show();
    say(left ? words.pinWrong(left) : words.pinBlocked, true);
  };
  const renew = async () => {
    chosen().left = (await ask('replacement', { insz: chosen().insz })).left;
    show();
    say(words.replaced, false);
  };
  const guarded = (act) => (event) => {
    event.preventDefault();
    act().catch(() => say(words.unreachable, false));
  };
  form.addEventListener('change', ({ target }) => target.name === 'insz' && show());
  form.addEventListener('submit', guarded(attempt));
  replace.addEventListener('click', guarded(renew));
  cancel.addEventListener('click', () => done({ code: 'USER_CANCELLED' }));
  show();
}

function build(words, lang, cards) {
  const alert = make('p', { id: 'eid-card-alert', role: 'alert' });
  const hint = make('p', { id: 'eid-card-hint', className: 'eid-card-hint' });
  const pin = make('input', {
    id: 'eid-card-pin',
    type: 'password',
    inputMode: 'numeric',
    maxLength: 12,
    autocomplete: 'off',
  });
  pin.setAttribute('aria-describedby', 'eid-card-hint eid-card-alert');
  const replace = make('button', { type: 'button', className: 'eid-card-quiet', textContent: words.replace });
  const cancel = make('button', { type: 'button', className: 'eid-card-quiet', textContent: words.cancel });
  const buttons = make(
    'div',
    { className: 'eid-card-buttons' },
    make('button', { textContent: words.sign }),
    replace,
    cancel,
  );
  const choices = cards.map(({ insz, name, about }, at) =>
    make(
      'label',
      {},
      make('input', { type: 'radio', name: 'insz', value: insz, checked: at === 0, autofocus: at === 0 }),
      make('span', {}, make('strong', { textContent: name }), ` ${about[lang] ?? about.en}`),
    ),
  );
  const fieldset = make('fieldset', {}, make('legend', { textContent: words.cards }), ...choices);
  const label = make('label', { htmlFor: pin.id, textContent: words.pin });
  const form = make('form', { noValidate: true }, fieldset, make('div', {}, label, pin, hint, alert), buttons);
  const title = make('h2', { id: 'eid-card-title', textContent: words.title });
  const dialog = make('dialog', { className: 'eid-card', lang }, title, make('p', { textContent: words.intro }), form);
  dialog.setAttribute('aria-labelledby', title.id);
  return { dialog, form, pin, hint, alert, replace, cancel };
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

async function ask(path, body) {
  const write = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(at(path), { ...(body && write) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
