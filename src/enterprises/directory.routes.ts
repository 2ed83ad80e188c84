import { type Answer, data } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAgency, type Route } from '../web/route.ts';
import { type Directory, enterpriseLine, type NamedEnterprise } from './directory.ts';

export interface DirectoryTools {
  directory: Directory;
}

/** Fewer letters would find anybody. */
const SHORTEST = 2;

/** `?number=` one company by its ten digits, `?q=` those whose name begins so: `{"items": [{"number", "name", "city", "line"}]}`. */
export function directoryRoutes({ directory }: DirectoryTools): Route[] {
  async function companies({ query }: Asked): Promise<Answer> {
    const number = String(query.number ?? '');
    const name = String(query.q ?? '').trim();
    const one = /^\d{10}$/.test(number) ? await directory.find(number) : null;
    const named = name.length >= SHORTEST && !name.includes('\0') ? await directory.beginningWith(name) : [];
    const found: NamedEnterprise[] = one ? [one] : named;
    return data({ items: found.map((company) => ({ ...company, line: enterpriseLine(company) })) });
  }

  return [forAgency('declare', 'GET', paths.COMPANIES_JSON, companies)];
}
