/** Compares a file with the hash of the genuine one. The file stays in the browser: only its hash is made, here. */

const compare = document.querySelector('[data-sha256]');
const field = compare.querySelector('[data-file]');
const result = compare.querySelector('[data-result]');
const word = (name) => compare.querySelector(`[data-word="${name}"]`).textContent;

async function look(file) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const isSame = hash === compare.dataset.sha256;
  const told = document.createElement('strong');
  told.textContent = word(isSame ? 'same' : 'other');
  result.dataset.tone = isSame ? 'onTime' : 'late';
  result.replaceChildren(told);
}

// only a secure page may make hashes: elsewhere the field for a pasted one remains
if (globalThis.crypto?.subtle) {
  field.hidden = false;
  field.querySelector('input').addEventListener('change', ({ target }) => {
    const [file] = target.files;
    if (file) void look(file);
  });
}
