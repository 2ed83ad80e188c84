import { move } from 'piscina';
import type { OverviewDocument } from './document.ts';
import { renderPdf } from './pdf.ts';

/** The thread's one task: draws a document and hands its bytes over without copying them. */
export default function render(document: OverviewDocument): ReturnType<typeof move> {
  return move(renderPdf(document));
}
