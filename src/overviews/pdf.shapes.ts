import { COLOUR, type Pen } from './pdf.pen.ts';

/** The shape of a verdict, drawn with its left edge at `x` on the middle line `y`: they stay apart without colour. */
export function drawShape(pen: Pen, shape: 'check' | 'clock' | 'cross' | 'dash', x: number, y: number): void {
  const sheet = pen.sheet;
  sheet.lineWidth(1.3);
  if (shape === 'check')
    sheet
      .moveTo(x, y + 0.3)
      .lineTo(x + 2.7, y + 3)
      .lineTo(x + 7.6, y - 2.9)
      .stroke(COLOUR.onTime);
  else if (shape === 'cross') {
    sheet
      .moveTo(x + 1, y - 2.7)
      .lineTo(x + 6.4, y + 2.7)
      .moveTo(x + 6.4, y - 2.7)
      .lineTo(x + 1, y + 2.7);
    sheet.stroke(COLOUR.cancelled);
  } else if (shape === 'dash')
    sheet
      .moveTo(x + 1, y)
      .lineTo(x + 7, y)
      .stroke(COLOUR.soft);
  else {
    sheet
      .circle(x + 3.9, y, 3.7)
      .moveTo(x + 3.9, y - 2.3)
      .lineTo(x + 3.9, y)
      .lineTo(x + 5.7, y + 1);
    sheet.lineWidth(1.1).stroke(COLOUR.late);
  }
}
