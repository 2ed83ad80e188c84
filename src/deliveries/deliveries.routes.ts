import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { type Answer, NotFound, page, Refused, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import type { Deliveries } from './deliveries.actions.ts';
import { deliveryPage, newDeliveryPage } from './deliveries.pages.ts';
import type { DeliveriesStore } from './deliveries.store.ts';
import { TooMany } from './delivery.ts';

export interface DeliveriesTools {
  db: Database;
  deliveries: Deliveries;
  deliveriesStore: DeliveriesStore;
  /** The address his mail goes to; null where he confirmed none. */
  addressStore: { confirmed(scope: ReturnType<typeof scopeOf>): Promise<{ address: string } | null> };
}

type Mine = Asked<SignedInWorker>;

/** Sending an overview on, and how that stands. */
export function deliveriesRoutes({ db, deliveries, deliveriesStore: store, addressStore }: DeliveriesTools): Route[] {
  async function ways({ visitor, lang, now, today, params }: Mine): Promise<Answer> {
    const scope = scopeOf(visitor);
    const overview = await store.overview(scope, params.id ?? '', now);
    if (!overview) throw new NotFound();
    const [known, sent] = await Promise.all([addressStore.confirmed(scope), store.ofOverview(scope, params.id ?? '')]);
    const about = { channels: deliveries.channels, address: known?.address ?? null, mayAttach: !overview.fullInsz };
    return page('deliveries/new', newDeliveryPage(lang, params.id ?? '', { ...about, sent, today }));
  }

  async function order({ visitor, lang, now, params, fields, request }: Mine): Promise<Answer> {
    const overviewId = params.id ?? '';
    if (!(await store.overview(scopeOf(visitor), overviewId, now))) throw new NotFound();
    const { channel: asked, attach } = fields;
    if (asked === undefined) return redirect(paths.deliveries(overviewId)); // nothing chosen yet
    const channel = deliveries.channels.find((one) => one === asked);
    if (!channel) throw new Refused(400, 'no such channel');
    if (channel === 'mail' && !(await addressStore.confirmed(scopeOf(visitor))))
      return redirect(paths.address('', paths.deliveries(overviewId)));
    const wish = { overviewId, channel, attach: attach === 'yes', language: lang, requestId: request.id };
    const id = await deliveries.order(visitor, wish).catch((error: Error) => {
      throw error instanceof TooMany ? new Refused(429, error.message, 3600) : error;
    });
    if (id === null) throw new NotFound();
    return redirect(paths.delivery(overviewId, id));
  }

  async function one({ visitor, lang, today, params }: Mine): Promise<Answer> {
    const found = await store.find(scopeOf(visitor), params.deliveryId ?? '');
    if (found?.overviewId !== params.id || !found) throw new NotFound();
    return page('deliveries/delivery', deliveryPage(lang, found, today));
  }

  async function again({ visitor, params }: Mine): Promise<Answer> {
    const { id = '', deliveryId = '' } = params;
    const isBegun = await db.transaction((tx) => deliveries.resend(tx, scopeOf(visitor), deliveryId));
    if (!isBegun) throw new NotFound();
    return redirect(paths.delivery(id, deliveryId));
  }

  return [
    forWorker('GET', '/overviews/:id/deliveries', ways),
    forWorker('POST', '/overviews/:id/deliveries', order, { comeBack: () => paths.OVERVIEWS }),
    forWorker('GET', '/overviews/:id/deliveries/:deliveryId', one),
    forWorker('POST', '/overviews/:id/deliveries/:deliveryId/tries', again, { comeBack: () => paths.OVERVIEWS }),
  ];
}
