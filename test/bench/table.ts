import os from 'node:os';

/** What a benchmark found, ready to print. */
export interface Table {
  title: string;
  columns: string[];
  rows: (string | number)[][];
  /** Sentences under the table. */
  notes?: string[];
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** '0.81 (0.78–0.84)': median, least and greatest. */
export function spread(values: number[], digits: number): string {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${greatest.toFixed(digits)})`;
}

/** The machine that the figures belong to. */
export function machine(): string {
  const [core] = os.cpus();
  const memory = Math.round(os.totalmem() / 1024 ** 3);
  return `${os.cpus().length} × ${core?.model.trim() ?? os.arch()}, ${memory} GiB, ${os.type()} ${os.release()}, Node ${process.version}`;
}

/** Text in the first column to the left, figures to the right. */
export function printed({ title, columns, rows, notes = [] }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('   ');
  const [head = '', ...body] = lines.map((cells) => line(cells).trimEnd());
  return [title, head, '-'.repeat(head.length), ...body, ...notes].join('\n');
}
