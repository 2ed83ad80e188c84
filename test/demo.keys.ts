import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSeal } from '../src/overviews/seal.files.ts';
import type { Seal } from '../src/overviews/seal.ts';
import { demoSeal } from '../src/stubs/seal.ts';

/** Keys of the demo, made once for every portal of a test process. */
const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'interim-keys-'));

/** Of the eID authority whose cards every portal trusts. */
export const EID_FOLDER = path.join(FOLDER, 'eid');

let seal: Promise<Seal> | undefined;
export function sealOnce(): Promise<Seal> {
  seal ??= demoSeal(path.join(FOLDER, 'seal')).then((files) => readSeal(files.keyFile, files.certificateFile));
  return seal;
}
