import { fileNameOf } from '../overviews/paper.ts';
import { dayOfInstant } from '../platform/calendar-days.ts';
import { referenceOf } from '../platform/ids.ts';
import { moment, plainDay } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Channel, Delivery, EboxLanguage, Parcel } from './delivery.ts';

declare module '../web/views.ts' {
  interface Views {
    'deliveries/delivery': DeliveryPage;
    'deliveries/new': NewDeliveryPage;
  }
}

export interface DeliveryPage {
  title: string;
  w: Words<'delivery'>;
  disclaimer: true;
  refresh: number | null;
  state: Delivery['state'];
  tone: string;
  icon: string;
  text: string;
  notes: string[];
  /** Try again; null while that is of no use. */
  again: string | null;
  next: { label: string; href: string };
  facts: { label: string; value: string }[];
  overview: string;
}

const TONES = { waiting: 'none', sending: 'none', sent: 'onTime', failed: 'late' } as const;
const ICONS = { waiting: 'late', sending: 'late', sent: 'onTime', failed: 'cancelled' } as const;
const SECONDS_BETWEEN_LOOKS = 2;

/** One sending on its way: waiting, sending, sent or failed, and what now. */
export function deliveryPage(lang: Lang, one: Delivery, today: string): DeliveryPage {
  const w = words(lang, 'delivery');
  const { state, channel, failure } = one;
  const isOver = state === 'sent' || state === 'failed';
  return {
    title: say(lang, `delivery.title.${channel}.${state}`),
    w,
    disclaimer: true,
    refresh: isOver ? null : SECONDS_BETWEEN_LOOKS,
    state,
    tone: TONES[state],
    icon: ICONS[state],
    text:
      state === 'failed'
        ? say(lang, `delivery.failure.${failure ?? 'unavailable'}`)
        : say(lang, `delivery.text.${channel}.${state}`),
    notes: notesOf(lang, one, today),
    again: failure === 'unavailable' || failure === 'no-address' ? paths.deliveryTries(one.overviewId, one.id) : null,
    next: nextOf(lang, one),
    facts: [
      { label: w.channel, value: w.by[channel] },
      { label: w.orderedAt, value: moment(lang, one.orderedAt, today) },
      ...(one.sentAt ? [{ label: w.sentAt, value: moment(lang, one.sentAt, today) }] : []),
      { label: w.reference, value: referenceOf(one.id) },
    ],
    overview: paths.overview(one.overviewId),
  };
}

function notesOf(lang: Lang, one: Delivery, today: string): string[] {
  const isLate = one.state === 'waiting' && one.tries > 0;
  const again = one.nextTryAt ? [say(lang, 'delivery.nextTry', { moment: moment(lang, one.nextTryAt, today) })] : [];
  return [
    ...(isLate ? [say(lang, `delivery.tried.${one.channel}`, { n: one.tries }), ...again] : []),
    ...(one.neverOpened ? [say(lang, 'delivery.neverOpened')] : []),
  ];
}

function nextOf(lang: Lang, { failure, overviewId }: Delivery): DeliveryPage['next'] {
  const w = words(lang, 'delivery');
  if (failure === 'no-address') return { label: w.next.address, href: paths.address('', paths.overview(overviewId)) };
  if (failure === 'expired' || failure === 'not-made') return { label: w.next.list, href: paths.list() };
  return { label: w.next.overview, href: paths.overview(overviewId) };
}

export interface NewDeliveryPage {
  title: string;
  w: Words<'delivery'>;
  back: string;
  action: string;
  /** By mail: to which address, and whether the PDF itself may go; null where this installation sends no mail. */
  mail: { to: string; address: string; mayAttach: boolean } | null;
  ebox: boolean;
  sent: { href: string; what: string; tone: string; icon: string; state: string }[];
}

/** The ways in which an overview can be sent, and what was sent before. */
export function newDeliveryPage(
  lang: Lang,
  overviewId: string,
  about: { channels: readonly Channel[]; address: string | null; mayAttach: boolean; sent: Delivery[]; today: string },
): NewDeliveryPage {
  const w = words(lang, 'delivery');
  const { channels, address, mayAttach, sent, today } = about;
  const to = address ? say(lang, 'delivery.new.to', { address }) : w.new.noAddress;
  return {
    title: w.new.title,
    w,
    back: paths.overview(overviewId),
    action: paths.deliveries(overviewId),
    mail: channels.includes('mail')
      ? { to, address: paths.address('', paths.deliveries(overviewId)), mayAttach }
      : null,
    ebox: channels.includes('ebox'),
    sent: sent.map((one) => ({
      href: paths.delivery(overviewId, one.id),
      what: `${w.by[one.channel]}, ${moment(lang, one.orderedAt, today)}`,
      tone: TONES[one.state],
      icon: ICONS[one.state],
      state: w.state[one.state],
    })),
  };
}

/** What a mail with an overview says: a link that asks to sign in, or the PDF itself. It names nobody. */
export function overviewLetter(lang: Lang, { overviewId, attach, overview }: Parcel, publicUrl: string) {
  const w = words(lang, 'delivery').letter;
  const day = plainDay(lang, dayOfInstant(overview?.madeAt ?? ''));
  return {
    subject: say(lang, 'delivery.letter.subject', { day }),
    paragraphs: [attach ? w.attached : w.linked, words(lang, 'hall').disclaimer],
    ...(attach ? {} : { button: { label: w.open, href: publicUrl + paths.overview(overviewId) } }),
    why: w.why,
  };
}

/** Title and file of a message to the eBox. */
export function eboxWords(lang: EboxLanguage, madeAt: string): { subject: string; fileName: string } {
  return {
    subject: say(lang, 'delivery.letter.subject', { day: plainDay(lang, dayOfInstant(madeAt)) }),
    fileName: fileNameOf(madeAt),
  };
}
