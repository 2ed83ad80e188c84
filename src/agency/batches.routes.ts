import { receiptMessage } from '../declarations/batches.messages.ts';
import { type Batches, FileTooLarge, type FormBatch, NOTIFIED, TooManyFiles } from '../declarations/batches.ts';
import { BrokenFile } from '../declarations/intake.decode.ts';
import { type AgencyStaff, agencyScopeOf, holds } from '../identity/visitor.ts';
import { type Answer, document, NotFound, page, Refused, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAgency, type Route } from '../web/route.ts';
import { uploadOf } from '../web/uploads.ts';
import { batchesPage, batchPage, type FileFault } from './batches.pages.ts';

type Staff = Asked<AgencyStaff>;

/** Files on the list of what was sent. */
const LISTED = 100;
/** How long the sending of a file waits for its end: a small one is done when its page shows. */
const PATIENCE = 1_500;

/** Files of declarations, sent in the browser. */
export function agencyBatchesRoutes({ batches }: { batches: Batches }): Route[] {
  async function list(asked: Staff): Promise<Answer> {
    return listWith(asked, null);
  }

  async function listWith({ visitor, lang, today }: Staff, fault: FileFault | null): Promise<Answer> {
    const sent = await batches.list(agencyScopeOf(visitor), LISTED);
    const about = { today, mayDeclare: holds(visitor.right, 'declare'), fault };
    return page('agency/batches', batchesPage(lang, sent, about), fault === null ? 200 : 422);
  }

  async function send(asked: Staff): Promise<Answer> {
    const file = await uploadOf(asked.request);
    if (!file?.name) return listWith(asked, 'missing');
    const taken = await batches.receive(asked.visitor, file, asked.now, PATIENCE).catch(faultIn);
    if (typeof taken === 'string' || 'reason' in taken) return listWith(asked, taken);
    return redirect(paths.batch(taken.batch.id, taken.isKnown ? 'known=yes' : ''));
  }

  async function found({ visitor, params }: Staff): Promise<FormBatch> {
    const batch = await batches.find(agencyScopeOf(visitor), params.batchId ?? '');
    if (!batch) throw new NotFound();
    return batch;
  }

  async function one(asked: Staff): Promise<Answer> {
    const batch = await found(asked);
    const about = { today: asked.today, isKnown: asked.query.known === 'yes' };
    return page('agency/batch', batchPage(asked.lang, batch, about));
  }

  async function receipt(asked: Staff): Promise<Answer> {
    const batch = await found(asked);
    return document('application/xml; charset=utf-8', receiptMessage(batch), `ACRF001-${batch.id.slice(0, 20)}.xml`);
  }

  async function notifications(asked: Staff): Promise<Answer> {
    const batch = await found(asked);
    if (batch.state !== 'done') throw new Refused(409, 'the batch is being declared', 2);
    const from = Number(asked.query.from ?? 1);
    if (!Number.isInteger(from) || from < 1 || from > batch.forms) throw new NotFound();
    const which = { from, to: Math.min(from + NOTIFIED - 1, batch.forms) };
    const act = { now: asked.now, requestId: asked.request.id };
    const message = await batches.notified(asked.visitor, batch, which, act);
    return document('application/xml; charset=utf-8', message, `NOTI001-${batch.id.slice(0, 20)}-${from}.xml`);
  }

  return [
    forAgency('view', 'GET', paths.BATCHES, list),
    forAgency('declare', 'POST', paths.BATCHES, send, { upload: true }),
    forAgency('view', 'GET', `${paths.BATCHES}/:batchId`, one),
    forAgency('view', 'GET', `${paths.BATCHES}/:batchId/receipt.xml`, receipt),
    forAgency('view', 'GET', `${paths.BATCHES}/:batchId/notifications.xml`, notifications),
  ];
}

function faultIn(error: unknown): FileFault {
  if (error instanceof BrokenFile) return { line: error.line, column: error.column, reason: error.reason };
  if (error instanceof FileTooLarge) return 'large';
  if (error instanceof TooManyFiles) return 'many';
  throw error;
}
