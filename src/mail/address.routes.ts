import { ownPath } from '../identity/sessions.ts';
import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import { type Answer, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import type { Addresses } from './address.actions.ts';
import { addressPage } from './address.pages.ts';
import type { AddressStore } from './address.store.ts';
import type { Mail } from './mail.actions.ts';

export interface AddressTools {
  addresses: Addresses;
  addressStore: AddressStore;
  mail: Mail;
}

type Mine = Asked<SignedInWorker>;

/** The one address that mail to a worker goes to. */
export function addressRoutes({ addresses, addressStore: store, mail }: AddressTools): Route[] {
  async function show({ visitor, lang, now, today, query }: Mine): Promise<Answer> {
    const scope = scopeOf(visitor);
    const [confirmed, pending] = await Promise.all([store.confirmed(scope), store.pending(scope, now)]);
    const about = { said: query.said, comeBack: ownPath(query.return), isOn: mail.isOn, today };
    return page('mail/address', addressPage(lang, { confirmed, pending, ...about }));
  }

  async function ask({ visitor, lang, fields }: Mine): Promise<Answer> {
    const said = await addresses.ask(visitor, fields.address, lang);
    return redirect(paths.address(said, ownPath(fields.return)));
  }

  async function confirm({ visitor, fields, request }: Mine): Promise<Answer> {
    const said = await addresses.confirm(visitor, fields.code, request.id);
    return redirect(paths.address(said, ownPath(fields.return)));
  }

  async function remove({ visitor, request }: Mine): Promise<Answer> {
    await addresses.remove(visitor, request.id);
    return redirect(paths.address('removed'));
  }

  const back = { comeBack: () => paths.ADDRESS };
  return [
    forWorker('GET', paths.ADDRESS, show),
    forWorker('POST', paths.ADDRESS, ask, { ...back, fresh: true }),
    forWorker('POST', paths.ADDRESS_CONFIRMATIONS, confirm, back),
    forWorker('POST', paths.ADDRESS_REMOVALS, remove, back),
  ];
}
