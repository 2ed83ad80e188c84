/** The sheet of an overview: A4 landscape. Points, from the top left. */

export const PAGE = { width: 841.89, height: 595.28, left: 42, right: 42 } as const;
export const RIGHT = PAGE.width - PAGE.right;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const SIZES = { title: 22, heading: 12, head: 8.5, body: 9.5, note: 8, foot: 8 } as const;
export const LEADING = { body: 12.5, note: 10.5, foot: 10.5 } as const;
export const FACTS = { top: 112, labels: [86, 58], columns: [PAGE.left, PAGE.left + 300], widths: [290, 457] } as const;
/** Of the rule above the foot, and the last y that a section may reach. */
export const FOOT_TOP = 541;
export const CONTENT_BOTTOM = FOOT_TOP - 10;
export const FOOT_TEXT_WIDTH = 545;
export const LATER_PAGE_TOP = 62;
/** The square of the code in the head of page 1, and the right edge of the words beside it. */
export const QR = { x: RIGHT - 66, y: 30, size: 66 } as const;
export const QR_TEXT_RIGHT = QR.x - 10;

/** Left edge and text width. */
export interface Column {
  x: number;
  width: number;
}
