import { move, workerData } from 'piscina';
import { type CardPrint, renderCard } from '../keys/card.pdf.ts';
import type { OverviewDocument, OverviewRow } from './document.ts';
import { renderPaper } from './paper.pdf.ts';
import type { Paper } from './paper.ts';
import { renderPdf } from './pdf.ts';
import type { Seal } from './seal.ts';

const seal = workerData as Seal | null;

/** The thread's tasks: each draws a document and hands its bytes over without copying them. */
export default function render(document: OverviewDocument): ReturnType<typeof move> {
  return move(renderPdf(document, seal));
}

/** The same for the print of a paper token. */
export function drawCard(print: CardPrint): ReturnType<typeof move> {
  return move(renderCard(print));
}

export function drawPaper(file: Paper): ReturnType<typeof move> {
  return move(renderPaper(file));
}

/** Drawn once when the thread starts and thrown away: the first worker who asks finds code already compiled. */
function practise(): void {
  const row = (i: number): OverviewRow => ({
    cells: [`${i} – ${i + 1}`, `${i}`, `agency ${i}`, `user company ${i}`, 'type'],
    verdict: i % 5 === 0 ? 'late' : 'onTime',
    verdictWord: 'verdict',
    cancelled: i % 9 === 0,
    notes: [],
  });
  const rows = Array.from({ length: 200 }, (_, i) => row(i));
  renderPdf({
    lang: 'en',
    brand: '',
    title: '',
    fileTitle: '',
    facts: [],
    sections: [{ kind: 'list', heading: '', columns: rows[0]?.cells ?? [], rows, none: '' }],
    disclaimer: '',
    reference: '',
    verification: null,
    sealName: '',
    pagePattern: '',
    madeAt: '2026-01-01T00:00:00Z',
  });
}

practise();
