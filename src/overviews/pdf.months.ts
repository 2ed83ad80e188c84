import type { CalendarSection, MonthPicture } from './document.ts';
import { printable, regular, strong } from './pdf.font.ts';
import { COLOUR, type Element, type Pen } from './pdf.pen.ts';
import { CONTENT_WIDTH, PAGE, SIZES } from './pdf.sheet.ts';

/** Months as pictures, four beside each other; a screen reader is told each in words. */

const ACROSS = 4;
const GAP = 22;
const WIDTH = (CONTENT_WIDTH - GAP * (ACROSS - 1)) / ACROSS;
const DAY = { width: WIDTH / 7, height: 16 } as const;
const FIRST_WEEK = 34;
/** A band of months: names, weekdays, six weeks. */
export const BAND_HEIGHT = FIRST_WEEK + 6 * DAY.height + 12;
export const LEGEND_HEIGHT = 22;

/** What a page holds of a calendar. */
export interface MonthsPart {
  kind: 'months';
  section: CalendarSection;
  heading: number | null;
  /** Baseline of the words that explain the shapes; null where the section goes on. */
  legend: number | null;
  none: string[];
  bands: { top: number; months: MonthPicture[] }[];
}

/** The months of a section, four a band. */
export function bandsOf(section: CalendarSection): MonthPicture[][] {
  const bands: MonthPicture[][] = [];
  for (let i = 0; i < section.months.length; i += ACROSS) bands.push(section.months.slice(i, i + ACROSS));
  return bands;
}

type Shape = MonthPicture['days'][number]['mark'];

/** On time a thin frame, late a dark square, not known a broken frame, cancelled a stroke: apart without colour. */
function drawDay(pen: Pen, mark: Shape, label: string, x: number, y: number): void {
  const [width, height] = [DAY.width - 4, DAY.height - 3];
  if (mark === 'late') pen.box(x + 2, y, width, height, { fill: COLOUR.late });
  if (mark === 'onTime') pen.box(x + 2, y, width, height, { stroke: COLOUR.onTime, line: 0.9 });
  if (mark === 'unknown') pen.box(x + 2, y, width, height, { stroke: COLOUR.soft, line: 0.9, dash: 2 });
  const face = mark === null ? regular : strong;
  const colour = mark === 'late' ? COLOUR.paper : mark === null || mark === 'cancelled' ? COLOUR.soft : COLOUR.ink;
  const left = x + (DAY.width - face.width(label, SIZES.note)) / 2;
  pen.text(label, left, y + 9.4, face, SIZES.note, colour);
  if (mark === 'cancelled')
    pen.rule(left - 2, left + face.width(label, SIZES.note) + 2, y + 6.8, 0.9, COLOUR.cancelled);
}

/** How many relations a day has, small in its corner. */
function drawCount(
  pen: Pen,
  count: number,
  right: number,
  baseline: number,
  colour: typeof COLOUR.paper | typeof COLOUR.ink,
): void {
  const text = String(count);
  pen.text(text, right - strong.width(text, 5.5), baseline, strong, 5.5, colour);
}

function drawMonth(pen: Pen, section: CalendarSection, month: MonthPicture, x: number, top: number): void {
  pen.text(printable(month.label), x + 2, top + 12, strong, SIZES.body, COLOUR.ink);
  section.weekdays.forEach((word, i) => {
    const text = printable(word);
    const left = x + i * DAY.width + (DAY.width - regular.width(text, 7)) / 2;
    pen.text(text, left, top + 26, regular, 7, COLOUR.soft);
  });
  for (const { day, column, week, mark, count } of month.days) {
    const left = x + column * DAY.width;
    const y = top + FIRST_WEEK + week * DAY.height;
    drawDay(pen, mark, String(day), left, y);
    if (count > 1) drawCount(pen, count, left + DAY.width - 3.5, y + 5.6, mark === 'late' ? COLOUR.paper : COLOUR.ink);
  }
}

function drawLegend(pen: Pen, root: Element, section: CalendarSection, baseline: number): void {
  let x: number = PAGE.left;
  const places = section.legend.map(({ mark, word }) => {
    const place = { mark, text: printable(word), x };
    x += DAY.width + regular.width(place.text, SIZES.note) + 18;
    return place;
  });
  pen.artifact('Layout', () => {
    for (const { mark, x: left } of places) drawDay(pen, mark, '1', left, baseline - 9.4);
  });
  pen.tag(root, 'P', () => {
    for (const { text, x: left } of places)
      pen.text(`${text} `, left + DAY.width + 3, baseline, regular, SIZES.note, COLOUR.soft);
  });
}

export function drawMonths(pen: Pen, root: Element, part: MonthsPart): void {
  const { section } = part;
  if (part.legend !== null) drawLegend(pen, root, section, part.legend);
  for (const { top, months } of part.bands)
    months.forEach((month, i) => {
      const x = PAGE.left + i * (WIDTH + GAP);
      const bbox = [x, top, x + WIDTH, top + BAND_HEIGHT - 8];
      pen.tag(root, 'Figure', () => drawMonth(pen, section, month, x, top), { alt: printable(month.alt), bbox });
    });
}
