import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAnchorFile, loadAnchors } from './web-eid.anchors.ts';
import type { Certificate } from './web-eid.certificate.ts';
import type { CardCheck } from './web-eid.ts';

/** What cards are judged by, whatever brings their certificate. */
export interface CardTrust {
  /** As of now: a folder of anchors that changed has been read anew. */
  check(at: Temporal.Instant): Promise<CardCheck>;
}

export interface TrustOptions extends Omit<CardCheck, 'anchors' | 'at'> {
  folders: readonly string[];
  /** Throws when certificates may not be trusted here; what was trusted before stays. */
  admit(certificates: readonly Certificate[]): void;
  /** Told when a changed folder could not be read; what was read before counts until it can. */
  onFault(error: Error): void;
}

/**
 * Trust in the CAs of some folders. Their files are looked at before every sign-in and read again when any of them changed, so that a CA
 * comes and goes without a restart. @throws at the start, when a folder holds what is no certificate, or none
 */
export function cardTrust({ folders, admit, onFault, ...rules }: TrustOptions): CardTrust {
  let anchors = read(folders, admit);
  let seen: string | null = null;

  async function renewed(): Promise<readonly Certificate[]> {
    const state = await stateOf(folders);
    if (state === seen) return anchors;
    seen = state;
    try {
      anchors = read(folders, admit);
    } catch (error) {
      onFault(error as Error);
    }
    return anchors;
  }

  return {
    async check(at) {
      return { ...rules, at, anchors: await renewed() };
    },
  };
}

function read(folders: readonly string[], admit: TrustOptions['admit']): readonly Certificate[] {
  const certificates = folders.flatMap(loadAnchors);
  admit(certificates);
  return certificates;
}

/** Tells apart any two states of the folders: which files, how long, and when each was written. Links are followed. */
async function stateOf(folders: readonly string[]): Promise<string> {
  const files = await Promise.all(folders.map(filesIn));
  const states = files.flat().map(async (file) => {
    const { ino, size, mtimeMs, ctimeMs } = await stat(file);
    return [file, ino, size, mtimeMs, ctimeMs].join(':');
  });
  // a file that goes away meanwhile is a change too: then the folder is read, and that tells
  return (await Promise.allSettled(states)).map((one) => (one.status === 'fulfilled' ? one.value : 'gone')).join('\n');
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => ['gone.pem']);
  return names.filter(isAnchorFile).map((name) => join(folder, name));
}
