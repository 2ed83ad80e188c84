import type { Address } from '../declarations/declaration.ts';
import { FIRM_FAMILIES } from './names.ts';
import { enterpriseNumberOf, nssoNumberOf } from './numbers.ts';
import { type Random, randomOf } from './random.ts';
import { PLACES, STREETS, TRADES, WORDS } from './trades.ts';

/** A made-up firm: an agency, or a company temps are sent to. */
export interface Company {
  kind: 'agency' | 'user';
  name: string;
  /** null: established abroad, known by name and address only. */
  enterpriseNumber: string | null;
  nssoNumber: string | null;
  address: Address;
  /** Joint committee of its own workers. */
  jointCommittee: string;
  /** Whether the directory has it; one that is not listed is known by its number alone. */
  listed: boolean;
}

/** The firms of a made-up world, the most popular first. */
export interface Companies {
  agencies: Company[];
  users: Company[];
  /** The users by joint committee. */
  byCommittee: Map<string, Company[]>;
}

/** Bounds of the number spaces: beyond them numbers would repeat. */
const MOST_USERS = 150_000;
const AGENCIES = { fewest: 12, most: 160 };

/**
 * Firms for so many workers: 160 agencies serve a country, 12 a demo; a user company for every ten workers, 60 at least.
 * @param named firms that are part of the world besides, known to the story that needs them
 */
export function companiesFor(workers: number, seed: string, named: readonly Company[] = []): Companies {
  const taken = new Set(named.map((company) => company.name));
  const count = Math.min(Math.max(Math.round(Math.sqrt(workers) * 0.7), AGENCIES.fewest), AGENCIES.most);
  const userCount = Math.min(Math.max(Math.round(workers / 10), 60), MOST_USERS);
  const random = randomOf(seed, 'companies');
  const known = new Set(named.flatMap((company) => [company.enterpriseNumber, company.nssoNumber]));
  const numbers = walk(random, 1_000_000, enterpriseNumberOf, known);
  const nssos = walk(random, 200_000, nssoNumberOf, known);
  const agencies = Array.from({ length: count }, () => agencyOf(random, taken, numbers(), nssos()));
  const users = Array.from({ length: userCount }, (_, n) => userOf(random, taken, n, numbers(), nssos()));
  const byCommittee = new Map<string, Company[]>();
  for (const user of users) {
    const alike = byCommittee.get(user.jointCommittee);
    if (alike) alike.push(user);
    else byCommittee.set(user.jointCommittee, [user]);
  }
  return { agencies, users, byCommittee };
}

/** Different numbers, far apart: a walk through the space in steps that have no divisor in common with its size. */
function walk(random: Random, size: number, numberOf: (n: number) => string, known: Set<string | null>): () => string {
  let at = random.between(0, size - 1);
  return () => {
    let number: string;
    do {
      at = (at + 7_919) % size;
      number = numberOf(at);
    } while (known.has(number));
    return number;
  };
}

function agencyOf(random: Random, taken: Set<string>, number: string, nsso: string): Company {
  const name = unused(taken, () => `${random.pick(WORDS.agency)} ${random.pick(WORDS.agencyKind)}`);
  return {
    kind: 'agency',
    name,
    enterpriseNumber: number,
    nssoNumber: nsso,
    address: addressIn(random),
    jointCommittee: '322',
    listed: true,
  };
}

/** The sectors that must exist come first; one in ninety is not in the directory, one in a hundred and twenty is abroad. */
function userOf(random: Random, taken: Set<string>, n: number, number: string, nsso: string): Company {
  const trade = TRADES[n] ?? random.pick(TRADES);
  const place = random.pick(PLACES.filter((one) => one.french === trade.french));
  const isAbroad = n % 120 === 29;
  const name = unused(
    taken,
    () => (isAbroad ? foreignName(random) : firmName(random, trade.french, trade.words)),
    place.city,
  );
  return {
    kind: 'user',
    name,
    enterpriseNumber: isAbroad ? null : number,
    nssoNumber: isAbroad || n % 5 === 0 ? null : nsso,
    address: isAbroad ? random.pick(ABROAD) : { ...addressIn(random), postCode: place.postCode, city: place.city },
    jointCommittee: trade.committee,
    listed: !isAbroad && n % 90 !== 17,
  };
}

function firmName(random: Random, french: boolean, trades: readonly string[]): string {
  const trade = random.pick(trades);
  if (random.chance(0.45)) {
    const sons = french ? ' & fils' : ' & zonen';
    return `${trade} ${random.pick(FIRM_FAMILIES)}${random.chance(0.3) ? sons : ''}`;
  }
  return `${trade} ${random.pick(french ? WORDS.french : WORDS.dutch)}`;
}

function foreignName(random: Random): string {
  return `${random.pick(WORDS.foreign)} ${random.pick(WORDS.foreignKind)}`;
}

/** Codes of countries as the social security register has them: 103 Germany, 111 France, 129 the Netherlands. */
const ABROAD: readonly Address[] = [
  { street: 'Krugenofen', houseNumber: '88', postCode: '52066', city: 'Aachen', country: '103' },
  { street: 'Rue de la Barrière', houseNumber: '17', postCode: '59200', city: 'Tourcoing', country: '111' },
  { street: 'Havenkade', houseNumber: '4', postCode: '4538', city: 'Terneuzen', country: '129' },
];

function addressIn(random: Random): Address {
  const place = random.pick(PLACES);
  const street = random.pick(place.french ? STREETS.french : STREETS.dutch);
  const { postCode, city } = place;
  return { street, houseNumber: String(random.between(1, 240)), postCode, city, country: '150' };
}

function unused(taken: Set<string>, make: () => string, city = ''): string {
  for (let attempt = 1; ; attempt++) {
    const name = attempt < 4 || city === '' ? make() : `${make()} ${city}`;
    const final = attempt < 40 ? name : `${name} ${attempt}`;
    if (taken.has(final)) continue;
    taken.add(final);
    return final;
  }
}
