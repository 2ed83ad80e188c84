import QRCode from 'qrcode';
import type { Verification } from './document.ts';
import { type Face, printable, regular, strong } from './pdf.font.ts';
import { COLOUR, type Element, type Pen } from './pdf.pen.ts';
import { QR, QR_TEXT_RIGHT, SIZES } from './pdf.sheet.ts';

/** How a reader finds out that the document is genuine: an address, a code, and both as a QR code. */

/** Dark runs of the code's rows, as squares of one height. */
function* dark(modules: { size: number; data: Uint8Array }, module: number): Generator<[number, number, number]> {
  const { size, data } = modules;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const begin = column;
      while (column < size && data[row * size + column]) column++;
      if (column > begin) yield [QR.x + begin * module, QR.y + row * module, (column - begin) * module];
    }
}

function drawQr(pen: Pen, url: string): void {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' });
  const module = QR.size / modules.size;
  pen.squares(dark(modules, module), module);
}

/** Beside the title of page 1. */
export function drawVerification(pen: Pen, root: Element, verification: Verification): void {
  const rightward = (words: string, face: Face, size: number) => QR_TEXT_RIGHT - face.width(words, size);
  const [label, address, code] = [verification.label, verification.address, verification.code].map(printable) as [
    string,
    string,
    string,
  ];
  const { note, body } = SIZES;
  pen.tag(root, 'P', () => pen.text(`${label} `, rightward(label, regular, note), 48, regular, note, COLOUR.soft));
  const link = pen.open(root, 'P');
  const x = rightward(address, regular, note);
  const place = { x, y: 51, width: QR_TEXT_RIGHT - x, height: 12 };
  pen.link(link, place, verification.url, () => pen.text(`${address} `, x, 60, regular, note, COLOUR.accent));
  link.end();
  pen.tag(root, 'P', () => pen.text(code, rightward(code, strong, body), 76, strong, body, COLOUR.ink));
  const bbox = [QR.x, QR.y, QR.x + QR.size, QR.y + QR.size];
  pen.tag(root, 'Figure', () => drawQr(pen, verification.url), { alt: printable(verification.alt), bbox });
}
