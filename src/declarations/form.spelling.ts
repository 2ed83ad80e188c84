import { bareNumber } from '../platform/ids.ts';

/** Numbers, days and hours as people write them; what is none of these stays as it was. */

/** An INSZ without what people write between its digits. */
export function inszAs(text: string): string {
  return bareNumber(text);
}

/** An enterprise number in ten digits: 'BE 0403.449.823', '403449823'. */
export function numberAs(text: string): string {
  const digits = bareNumber(text.replace(/^BE/i, ''));
  return /^\d{9}$/.test(digits) ? `0${digits}` : digits;
}

/** A day as `YYYY-MM-DD`: also from '1/12/2026', '01.12.2026'. */
export function dayAs(text: string): string {
  const [, day = '', month = '', year] = text.match(/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/) ?? [];
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** An hour as `HHMM`: from '17:00', '8.30', '8u30', '8h', '0830'. */
export function hourAs(text: string): string {
  const [, hour, minute = '00'] =
    text.match(/^(\d{1,2})(?:[:.hu](\d\d)?)?(?::00)?$/i) ?? text.match(/^(\d{1,2})(\d\d)$/) ?? [];
  return hour === undefined ? text : hour.padStart(2, '0') + minute;
}
