import { type Config, ConfigFaults, DEMO_SEAL } from '../config.ts';
import { readSeal, sealName } from '../overviews/seal.files.ts';
import type { Seal } from '../overviews/seal.ts';

/** The seal that the environment names; null when it names none. @throws ConfigFaults, also on a demo's seal in production */
export function configuredSeal({ SEAL_KEY, SEAL_CERTIFICATE, mode }: Config): Seal | null {
  if (!SEAL_KEY || !SEAL_CERTIFICATE) return null;
  const seal = read(SEAL_KEY, SEAL_CERTIFICATE);
  if (mode === 'serve' && sealName(seal).includes(DEMO_SEAL))
    throw new ConfigFaults(['SEAL_CERTIFICATE: is the seal of a demo']);
  return seal;
}

function read(keyFile: string, certificateFile: string): Seal {
  try {
    return readSeal(keyFile, certificateFile);
  } catch (error) {
    throw new ConfigFaults([`SEAL_KEY, SEAL_CERTIFICATE: ${(error as Error).message}`]);
  }
}
