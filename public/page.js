/**
 * What every page gains where scripts run; without them all of it works by links and refresh.
 * An overview that is being made is looked at again until its state changes; open choices close by Escape or a click elsewhere;
 * before the session ends by idleness, the visitor is asked whether to stay.
 */

const waiting = document.querySelector('[data-look-again]');
if (waiting) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-state]');
      if (answer.redirected || found?.dataset.state !== waiting.dataset.state) return location.reload();
    } catch {
      // offline for a moment: the next look may succeed
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
}

const floating = () => document.querySelectorAll('details.choice[open], details.make[open], details.who[open]');

document.addEventListener('click', (event) => {
  for (const details of floating()) if (!details.contains(event.target)) details.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const details of floating()) {
    details.open = false;
    if (details.contains(document.activeElement)) details.querySelector('summary').focus();
  }
});

const session = document.querySelector('[data-idle-seconds]');
if (session) {
  const row = session.firstElementChild;
  const secondsBefore = 120;
  let timers = [];
  const wait = () => {
    timers.forEach(clearTimeout);
    const idle = Number(session.dataset.idleSeconds);
    const warn = setTimeout(() => row.removeAttribute('hidden'), (idle - secondsBefore) * 1000);
    // one look after the end: it leads to sign-in, and from there back to this page
    const end = setTimeout(() => location.reload(), (idle + 5) * 1000);
    timers = [warn, end];
  };
  row.querySelector('button').addEventListener('click', async () => {
    const answer = await fetch('/help').catch(() => null);
    if (!answer?.ok) return location.reload();
    row.setAttribute('hidden', '');
    document.querySelector('main').focus();
    wait();
  });
  wait();
}
