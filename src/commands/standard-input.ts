import { createInterface } from 'node:readline';

/** The first line of standard input: for a number that shall not stay in the shell's history. */
export async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return '';
}
