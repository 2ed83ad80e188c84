/**
 * Which template takes which model. Every room adds its own templates by declaration merging beside the page that fills them,
 * so that a handler cannot name a view without its model.
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms merge into it
export interface Views {}

export type View = keyof Views & string;
