import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MailboxStub, startMailbox } from '../../src/stubs/mailbox.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { inszNumber } from '../records.ts';
import { countedHashing, doerOf, giveToken, NOW, requestCard, Visitor } from './keys.example.ts';

let portal: TestApp;
let mailbox: MailboxStub;
beforeAll(async () => {
  mailbox = await startMailbox({ host: '127.0.0.1', port: 0 });
  portal = await openTestApp({
    at: NOW,
    hashing: countedHashing(),
    environment: { SMTP_URL: mailbox.smtpUrl, MAIL_FROM: 'Interim@work <no-reply@interim.example>' },
  });
});
afterAll(async () => {
  await portal.close();
  await mailbox.close();
});

it('every change of keys is told by mail, in the language of the address, with nothing in it that opens anything', async () => {
  const insz = inszNumber(80);
  const doer = await doerOf(portal, insz);
  await portal.db.query(
    `insert into worker_addresses (worker_id, address, language, confirmed_at)
     select worker_id, 'lukasz@example.be', 'fr', $2 from worker_numbers where insz = $1`,
    [insz, NOW],
  );
  const token = await giveToken(portal, insz, 'mail.reader');
  const codes = await requestCard(portal, doer);
  await portal.house.keys.cards.revoke(doer);
  for (let n = 0; n < 5; n++) await new Visitor(portal.app).enter(token.userName, 'wrong');
  await portal.house.jobs.workOff();
  const letters = mailbox.arrived.map(({ mail }) => String(mail.text));
  expect(letters).toHaveLength(6);
  const told = letters.map((text) => text.match(/^Quoi\s?: (.*)$/m)?.[1]).sort();
  expect(told).toEqual([
    'Carte demandée',
    'Carte demandée',
    'Carte désactivée',
    'Carte mise en service',
    'Connexion bloquée un moment après cinq erreurs',
    'Nom d’utilisateur et mot de passe choisis',
  ]);
  for (const text of letters)
    for (const secret of [insz, token.userName, ...token.codes, ...codes]) expect(text).not.toContain(secret);
  expect(letters[0]).toContain(`${portal.house.publicUrl}/keys`);
});

it('who has no confirmed address gets none, and what was refused tells nothing', async () => {
  const before = mailbox.arrived.length;
  const token = await giveToken(portal, inszNumber(81), 'no.address');
  await new Visitor(portal.app).enter(token.userName, 'wrong');
  await portal.house.jobs.workOff();
  expect(mailbox.arrived).toHaveLength(before);
});
