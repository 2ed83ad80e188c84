/**
 * Signs in by eID: speaks the Web eID messages to the browser extension and the portal's two addresses.
 * Everything it needs stands in the markup of #eid; the words it may show are in there too, in the visitor's language.
 */
const LIBRARY_VERSION = '2.0.2';
const EXTENSION_WAIT = 1_000;
const APP_WAIT = 5_000;
const USER_WAIT = 120_000;

/** What the extension calls a fault, where our words have another name for it. */
const RENAMED = {
  VERSION_INVALID: 'VERSION_MISMATCH',
  NATIVE_FATAL: 'CARD_FAILED',
  NATIVE_INVALID_ARGUMENT: 'UNKNOWN_ERROR',
  MISSING_PARAMETER: 'UNKNOWN_ERROR',
};

class Fault extends Error {}

// An extension hooks itself into the page while it loads; a question asked sooner would go unheard.
const extensionHadTime = new Promise((resolve) => setTimeout(resolve, EXTENSION_WAIT));

/** Asks the extension and waits for its acknowledgement, then for the answer. Messages of anybody else are ignored. */
function ask(action, fields, answerWait, lateFault) {
  const answer = Promise.withResolvers();
  const refuse = (code) => answer.reject(new Fault(code));
  const noExtension = setTimeout(refuse, EXTENSION_WAIT, 'EXTENSION_UNAVAILABLE');
  const late = setTimeout(refuse, EXTENSION_WAIT + answerWait, lateFault);
  const hear = ({ source, origin, data }) => {
    if (source !== window || origin !== location.origin) return;
    if (data?.action === `${action}-ack`) clearTimeout(noExtension);
    if (data?.action === `${action}-success`) answer.resolve(data);
    if (data?.action === `${action}-failure`) refuse(String(data.error?.code).replace('ERR_WEBEID_', ''));
  };
  window.addEventListener('message', hear);
  window.postMessage({ action, libraryVersion: LIBRARY_VERSION, ...fields }, location.origin);
  return answer.promise.finally(() => {
    window.removeEventListener('message', hear);
    clearTimeout(noExtension);
    clearTimeout(late);
  });
}

async function call(address, body) {
  const write = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(address, { cache: 'no-store', ...(body && write) }).catch(() => {
    throw new Fault('NETWORK');
  });
  if (!answer.ok) throw new Fault(faultOf(answer));
  return answer.json();
}

/** A refusal to try again later is one for which something could not be asked: whether the card was revoked. */
function faultOf({ status, headers }) {
  if (status !== 401) return 'SERVER_BUSY';
  return headers.has('Retry-After') ? 'REVOCATION_UNCHECKED' : 'SERVER_REFUSED';
}

async function signIn({ lang, challenge, submit, return: wish }, say) {
  if (!window.isSecureContext) throw new Fault('CONTEXT_INSECURE');
  await extensionHadTime;
  await ask('web-eid:status', {}, APP_WAIT, 'ACTION_TIMEOUT');
  const { nonce } = await call(challenge);
  say('waiting');
  const question = { challengeNonce: nonce, options: { lang } };
  const { action, ...authToken } = await ask('web-eid:authenticate', question, APP_WAIT + USER_WAIT, 'USER_TIMEOUT');
  say('signing');
  const next = new URL(
    (await call(submit, wish ? { authToken, return: wish } : { authToken })).location,
    location.href,
  );
  if (next.origin !== location.origin) throw new Fault('UNKNOWN_ERROR');
  location.assign(next);
}

function wire(eid) {
  const button = eid.querySelector('[data-eid-start]');
  const show = (place, item) => eid.querySelector(place).replaceChildren(...(item?.cloneNode(true).childNodes ?? []));
  const find = (kind, key) => eid.querySelector(`[data-eid-words] [data-${kind}="${CSS.escape(key)}"]`);
  const say = (word) => show('[data-eid-status]', word && find('word', word));
  const warn = (code) =>
    show('[data-eid-alert]', code && (find('fault', RENAMED[code] ?? code) ?? find('fault', 'UNKNOWN_ERROR')));
  const mark = (busy) => {
    eid.ariaBusy = String(busy);
    button.ariaDisabled = String(busy);
  };
  button.hidden = false;
  button.addEventListener('click', async () => {
    // The button keeps the focus while it waits, so it is not disabled: a second click is told that one is running.
    if (eid.ariaBusy === 'true') return warn('ACTION_PENDING');
    mark(true);
    warn();
    try {
      await signIn(eid.dataset, say);
    } catch (fault) {
      say();
      warn(fault instanceof Fault ? fault.message : 'UNKNOWN_ERROR');
      if (!(fault instanceof Fault)) console.error(fault);
    } finally {
      mark(false);
    }
  });
}

/** What the test sees, in order; what comes after something missing is not looked at. */
async function look() {
  if (!window.isSecureContext) return { secure: false };
  await extensionHadTime;
  try {
    const { extension, nativeApp } = await ask('web-eid:status', {}, APP_WAIT, 'ACTION_TIMEOUT');
    return { secure: true, extension: true, app: true, version: true, versions: { extension, app: nativeApp } };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const code = RENAMED[fault.message] ?? fault.message;
    if (code === 'EXTENSION_UNAVAILABLE') return { secure: true, extension: false };
    if (code === 'VERSION_MISMATCH') return { secure: true, extension: true, app: true, version: false };
    return { secure: true, extension: true, app: false };
  }
}

const ICONS = { true: '#i-onTime', false: '#i-cancelled', undefined: '#i-unknown' };

function wireTest(test) {
  const button = test.querySelector('[data-test-start]');
  const said = test.querySelector('[data-test-said]');
  const show = (step, isThere, version) => {
    step.dataset.state = String(isThere);
    step.querySelector('[data-test-icon]').setAttribute('href', ICONS[isThere]);
    step.querySelector('[data-test-words]').hidden = isThere !== undefined;
    step.querySelector('[data-test-ok]').hidden = isThere !== true;
    step.querySelector('[data-test-bad]').hidden = isThere !== false;
    step.querySelector('[data-test-version]').textContent = version ? `(${version})` : '';
  };
  button.hidden = false;
  button.addEventListener('click', async () => {
    if (test.ariaBusy === 'true') return;
    test.ariaBusy = 'true';
    said.textContent = said.dataset.running;
    const { versions = {}, ...seen } = await look();
    for (const step of test.querySelectorAll('[data-step]'))
      show(step, seen[step.dataset.step], versions[step.dataset.step]);
    said.textContent = seen.version ? said.dataset.ready : said.dataset.notReady;
    button.textContent = button.dataset.again;
    test.ariaBusy = 'false';
  });
}

const eid = document.getElementById('eid');
if (eid) wire(eid);
const test = document.getElementById('card-test');
if (test) wireTest(test);
