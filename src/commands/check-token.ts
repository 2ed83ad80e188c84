import { readConfig } from '../config.ts';
import { checkToken } from '../identity/methods/web-eid.check.ts';
import { Usage } from './usage.ts';

export async function run(options: Record<string, string | boolean | undefined>, [file]: string[]): Promise<number> {
  const { anchors, at } = options;
  if (!file || typeof anchors !== 'string') throw new Usage('check-token needs FILE and --anchors DIR');
  const checked = await checkToken(file, anchors, instant(at), readConfig('command').EID_POLICIES);
  process.stdout.write(`${JSON.stringify(checked, null, 2)}\n`);
  return checked.ok ? 0 : 1;
}

function instant(at: string | boolean | undefined): Temporal.Instant | undefined {
  if (at === undefined) return undefined;
  try {
    return Temporal.Instant.from(String(at));
  } catch {
    throw new Usage('--at is an instant, such as 2026-11-23T09:00:00Z');
  }
}
