import type { Portal } from './portal.ts';

/** Posts a form as the visitor of these cookies. @returns where it leads */
export async function posted(
  portal: Portal,
  cookies: string,
  path: string,
  fields: Record<string, string>,
): Promise<string> {
  const headers = {
    cookie: cookies,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  };
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${portal.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** The address of a report in a state, or of the form or page before it, for the worker of these cookies. */
export async function reportAddress(portal: Portal, state: string, cookies: string): Promise<string> {
  const post = (path: string, fields: Record<string, string> = {}) => posted(portal, cookies, path, fields);
  const told = {
    agency: 'Tempo Interim',
    company: 'Hotel Astrid, Brussel',
    firstDay: '2026-11-18',
    note: 'Aan de balie.',
  };
  if (state === 'wrong')
    return (
      portal.url + (await post('/reports/drafts', { ...told, agency: '', firstDay: '2027-01-01', startHour: 'x' }))
    );
  const draft = await post('/reports/drafts', told);
  if (state === 'check') return portal.url + draft;
  const report = await post('/reports', { draft: draft.split('/').at(-1) ?? '' });
  if (state === 'taken') await post(`${report}/referrals`);
  if (state === 'closed') await post(`${report}/confirmations`);
  return portal.url + report;
}
