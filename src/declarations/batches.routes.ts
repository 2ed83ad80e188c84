import { type AgencyClient, agencyScopeOf, CLIENT_SCOPES } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { type Answer, data, document, NotFound, Refused } from '../web/answer.ts';
import { problemAnswer } from '../web/errors.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forClient, type Route } from '../web/route.ts';
import { uploadOf } from '../web/uploads.ts';
import { receiptMessage } from './batches.messages.ts';
import { batchAnswer, formAnswer } from './batches.pages.ts';
import { batchesStore as store } from './batches.store.ts';
import { type Batches, FileTooLarge, type FormBatch, LIMITS, NOTIFIED, placeOf, TooManyFiles } from './batches.ts';
import { BrokenFile } from './intake.decode.ts';
import { consulted } from './rest.actions.ts';
import { afterOf, isNumberKey, pageIn } from './rest.ts';

export interface BatchRoutesTools {
  db: Database;
  batches: Batches;
  publicUrl: string;
}

type Call = Asked<AgencyClient>;
const [DECLARE] = CLIENT_SCOPES;
const READ = CLIENT_SCOPES;
/** How long a call waits for a small batch to be done. */
const PATIENCE = 2_000;
const RETRY_SECONDS = 2;

/** Files of declarations by service. */
export function batchesRoutes({ db, batches, publicUrl }: BatchRoutesTools): Route[] {
  async function take({ visitor, now, request }: Call): Promise<Answer> {
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.sent) return problemAnswer(request, 413);
    const file = await uploadOf(request);
    if (!file) return problemAnswer(request, 415);
    const taken = await batches.receive(visitor, file, now, PATIENCE).catch((error) => refusalOf(request, error));
    if ('kind' in taken) return taken;
    const { batch } = taken;
    const headers = { location: publicUrl + paths.restBatch(batch.id) };
    if (/^(application|text)\/xml\b/.test(request.headers.accept ?? ''))
      return { ...xml(receiptMessage(batch)), status: 201, headers };
    return data(batchAnswer(batch, publicUrl), { status: batch.state === 'done' ? 201 : 202, headers });
  }

  async function found({ visitor, params }: Call): Promise<FormBatch> {
    const batch = await batches.find(agencyScopeOf(visitor), params.id ?? '');
    if (!batch) throw new NotFound();
    return batch;
  }

  async function status(call: Call): Promise<Answer> {
    const batch = await found(call);
    const wait = batch.state === 'done' ? {} : { retryAfter: RETRY_SECONDS };
    return data(batchAnswer(batch, publicUrl), wait);
  }

  async function receipt(call: Call): Promise<Answer> {
    return xml(receiptMessage(await found(call)));
  }

  async function notifications(call: Call): Promise<Answer> {
    const batch = await found(call);
    if (batch.state !== 'done') throw new Refused(409, 'the batch is being declared', RETRY_SECONDS);
    const from = Number(call.query.from ?? 1);
    if (!Number.isInteger(from) || from < 1 || from > batch.forms) throw new NotFound();
    const which = { from, to: Math.min(from + NOTIFIED - 1, batch.forms) };
    return xml(await batches.notified(call.visitor, batch, which, { now: call.now, requestId: call.request.id }));
  }

  async function declarations(call: Call): Promise<Answer> {
    const { visitor, now, request } = call;
    const batch = await found(call);
    const page = pageIn(call.query, isNumberKey);
    if ('fault' in page) return problemAnswer(request, 400, {}, { errors: [page.fault] });
    const from = Number(page.after ?? 0) + 1;
    const to = Math.min(from + page.size - 1, batch.forms);
    const about = { now, requestId: request.id, what: 'batch' };
    const rows = await consulted(db, visitor, about, (tx, scope) => store.forms(tx, scope, batch, { from, to }));
    const last = rows.at(-1);
    const after = last && placeOf(last.source_key) < batch.forms ? afterOf(String(placeOf(last.source_key))) : null;
    const next = `${publicUrl}${paths.restBatch(batch.id)}/declarations?pageSize=${page.size}&after=${after}`;
    const items = rows.map((row) => formAnswer(row, visitor, publicUrl));
    return data({ items, next: after === null ? null : next });
  }

  const one = `${paths.BATCHES_REST}/:id`;
  return [
    forClient([DECLARE], 'POST', paths.BATCHES_REST, take, { upload: true }),
    forClient(READ, 'GET', one, status),
    forClient(READ, 'GET', `${one}/receipt`, receipt),
    forClient(READ, 'GET', `${one}/notifications`, notifications),
    forClient(READ, 'GET', `${one}/declarations`, declarations),
  ];
}

function xml(body: string) {
  return document('application/xml; charset=utf-8', body);
}

/** Why a file was refused whole; what is our own fault is thrown on. */
function refusalOf(request: Call['request'], error: unknown): Answer {
  if (error instanceof FileTooLarge) return problemAnswer(request, 413);
  if (error instanceof TooManyFiles) return problemAnswer(request, 429, { retryAfter: RETRY_SECONDS });
  if (!(error instanceof BrokenFile)) throw error;
  const { line, column, reason } = error;
  const receipt = { identification: 'ACRF001', resultCode: 0 };
  return problemAnswer(
    request,
    400,
    {},
    { line, column, detail: reason, errors: [{ field: '', message: error.message }], receipt },
  );
}
