import type pg from 'pg';
import { type Generated, generate } from '../generate/generate.actions.ts';
import type { NamedPerson } from '../generate/world.ts';
import { FIRMS } from './people.companies.ts';
import { DEMO_PEOPLE, DEMO_WORKERS } from './people.list.ts';
import { demoStaff } from './people.staff.ts';
import { STORIES } from './people.stories.ts';
import { Story } from './people.story.ts';

export { DEMO_PEOPLE, demoStaff };

const WORKERS = 300;
/** Those of the named people come to a thousand; the others have about twenty each. */
const PERIODS = 6000;

/** The named people with what was declared of them up to today (`YYYY-MM-DD`). */
export function namedPeople(today: string): NamedPerson[] {
  return DEMO_WORKERS.map((person) => {
    const { key, insz, givenName, familyName, birthDate } = person;
    const story = new Story(person, today);
    const tell = STORIES[key];
    if (tell === undefined) throw new Error(`nobody tells the story of ${key}`);
    tell(story);
    return { insz, givenName, familyName, birthDate, steps: story.steps };
  });
}

/**
 * Fills the records of a demo: 300 people, the named ones among them, their firms and 6,000 work relations around today, and who acts for the firms. The same day gives
 * the same records.
 * @param today `YYYY-MM-DD`, the day in Belgium
 * @param progress called with work relations made and wanted
 */
export async function demoFill(
  db: pg.ClientBase,
  today: string,
  progress?: (done: number, total: number) => void,
): Promise<Generated> {
  const named = { people: namedPeople(today), companies: Object.values(FIRMS) };
  const made = await generate({
    db,
    workers: WORKERS,
    periods: PERIODS,
    seed: 'demo',
    today,
    named,
    ...(progress && { progress }),
  });
  await demoStaff(db, `${today}T00:00:00Z`);
  return made;
}
