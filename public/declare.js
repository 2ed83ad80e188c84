/**
 * What the form of staff gains where scripts run: fields that the worker type does not want are folded away, and a company is
 * looked up while its number or the beginning of its name is typed. Without them every field shows, and a button looks up.
 */

const form = document.querySelector('form.declare');
const type = form.querySelector('#workerType');
const committee = form.querySelector('#jointCommittee');

/** Folded fields are not sent; one with a fault stays until the choice changes, so that the fault can be seen. */
function fold(keepFaults) {
  for (const field of type ? form.querySelectorAll('[data-types]') : []) {
    const isWanted = field.dataset.types.split(' ').includes(type.value);
    const stays = isWanted || (keepFaults && field.querySelector('[aria-invalid]') !== null);
    field.hidden = !stays;
    field.querySelector('input').disabled = !stays;
  }
  for (const group of committee ? form.querySelectorAll('[data-committee]') : []) {
    const isWanted = committee.value === group.dataset.committee;
    group.hidden = !isWanted;
    group.disabled = !isWanted;
  }
}

type?.addEventListener('change', () => fold(false));
committee?.addEventListener('change', () => fold(false));
// going back brings the browser's own memory of the choices after the page was read
addEventListener('pageshow', () => fold(true));
fold(true);

const number = form.querySelector('#userNumber');
if (number) {
  const said = form.querySelector('#company');
  const list = document.createElement('datalist');
  list.id = 'companies';
  form.append(list);
  number.setAttribute('list', list.id);
  form.querySelector('[value="look-up"]').hidden = true;
  form.querySelector('#userNumber-hint').append(`, ${form.dataset.searchHint}`);

  const find = async (query) => {
    const answer = await fetch(`${form.dataset.companies}?${new URLSearchParams(query)}`);
    return answer.ok ? (await answer.json()).items : [];
  };

  const lookUp = async (typed) => {
    const digits = typed.replace(/^BE/i, '').replace(/[\s./-]/g, '');
    if (/^\d{9,10}$/.test(digits)) {
      const [company] = await find({ number: digits.padStart(10, '0') });
      return () => {
        said.textContent = company ? company.line : form.dataset.unknown;
      };
    }
    const found = /\p{L}{2}/u.test(typed) ? await find({ q: typed }) : [];
    return () => {
      said.textContent = '';
      list.replaceChildren(...found.map((company) => new Option(company.line, company.number)));
    };
  };

  let waiting = 0;
  number.addEventListener('input', () => {
    clearTimeout(waiting);
    const typed = number.value.trim();
    waiting = setTimeout(async () => {
      try {
        const show = await lookUp(typed);
        if (number.value.trim() === typed) show();
      } catch {
        // no connection for a moment: the name also shows on the page that checks the form
      }
    }, 200);
  });
}
