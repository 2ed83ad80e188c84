import type { FastifyRequest } from 'fastify';
import { IDLE_MINUTES } from '../identity/sessions.ts';
import { holds, initialsOf, type SignedIn, type StaffRight } from '../identity/visitor.ts';
import type { Looking } from './answer.ts';
import type { Hall } from './hall.ts';
import { type Key, LANGS, LANGUAGE_NAMES, type Lang, say, type Words, words } from './language.ts';
import { inLanguage } from './paths.language.ts';
import * as paths from './paths.ts';

/** What stands around every page. */
export interface Layout {
  lang: Lang;
  w: Words<'hall'>;
  nav: Way[];
  /** Under the visitor's name: what is about him rather than about his work. */
  personal: Way[];
  /** For whom the visitor acts, in words, and where he changes that; null as himself without a choice. */
  acting: { text: string | null; change: string } | null;
  /** Within a look-up of the support desk; null elsewhere. */
  looking: Looking | null;
  signedIn: boolean;
  name: string | null;
  initials: string | null;
  languages: { code: Lang; label: string; href: string; current: boolean }[];
  styles: string[];
  scripts: string[];
  icon: string;
  /** Seconds without a page after which the session ends; null without one. */
  idleSeconds: number | null;
  demo: boolean;
  path: string;
}

interface Way {
  href: string;
  label: string;
  current: boolean;
}

interface Room {
  href: string;
  key: Key;
  isCurrent(path: string): boolean;
}

const ROOMS: Room[] = [
  { href: paths.HOME, key: 'hall.today', isCurrent: (path: string) => path === '/' },
  {
    href: paths.LIST,
    key: 'hall.list',
    isCurrent: (path: string) => path.startsWith(paths.LIST) && !path.startsWith(paths.CALENDAR),
  },
  { href: paths.CALENDAR, key: 'hall.calendar', isCurrent: (path: string) => path.startsWith(paths.CALENDAR) },
  { href: paths.OVERVIEWS, key: 'hall.overviews', isCurrent: (path: string) => path.startsWith(paths.OVERVIEWS) },
  { href: paths.REPORTS, key: 'hall.reports', isCurrent: (path: string) => path.startsWith(paths.REPORTS) },
];

/** Under the name of a worker, in this order: what he is told, how he signs in, who saw his data. */
const PERSONAL: Room[] = [
  { href: paths.SHIFTS, key: 'hall.shifts', isCurrent: (path: string) => path === paths.SHIFTS },
  { href: paths.NOTICES, key: 'hall.notices', isCurrent: (path: string) => path === paths.NOTICES },
  { href: paths.KEYS, key: 'hall.keys', isCurrent: (path: string) => path.startsWith(paths.KEYS) },
  { href: paths.ACCESS, key: 'hall.access', isCurrent: (path: string) => path === paths.ACCESS },
];

/** The rooms of an agency's desk, each for who holds at least that right. */
const DESK: (Room & { right: StaffRight })[] = [
  { href: paths.AGENCY, key: 'hall.desk', right: 'view', isCurrent: (path: string) => path === paths.AGENCY },
  {
    href: paths.DECLARATIONS,
    key: 'hall.declarations',
    right: 'view',
    isCurrent: (path: string) => path.startsWith(paths.DECLARATIONS) && path !== paths.newDeclaration(),
  },
  { href: paths.REFUSED, key: 'hall.refused', right: 'view', isCurrent: (path: string) => path === paths.REFUSED },
  {
    href: paths.AGENCY_REPORTS,
    key: 'hall.deskReports',
    right: 'view',
    isCurrent: (path: string) => path.startsWith(paths.AGENCY_REPORTS),
  },
  {
    href: paths.newDeclaration(),
    key: 'hall.declare',
    right: 'declare',
    isCurrent: (path: string) => path === paths.newDeclaration() || path.startsWith(paths.DRAFTS),
  },
  {
    href: paths.BATCHES,
    key: 'hall.batches',
    right: 'view',
    isCurrent: (path: string) => path.startsWith(paths.BATCHES),
  },
  {
    href: paths.COLLEAGUES,
    key: 'hall.colleagues',
    right: 'manage',
    isCurrent: (path: string) => path.startsWith(paths.COLLEAGUES),
  },
];

/** The support desk has one room: where somebody is looked up. */
const SUPPORT_DESK: Room[] = [
  { href: paths.SUPPORT, key: 'hall.lookUp', isCurrent: (path: string) => path === paths.SUPPORT },
];

export function layoutOf(
  hall: Hall,
  request: Pick<FastifyRequest, 'url' | 'visitor'>,
  lang: Lang,
  looking: Looking | null = null,
): Layout {
  const path = request.url.split('?', 1)[0] ?? '/';
  const visitor = request.visitor && request.visitor.kind !== 'anonymous' ? request.visitor : null;
  const way = ({ href, key, isCurrent }: Room): Way => ({ href, label: say(lang, key), current: isCurrent(path) });
  const name = visitor ? `${visitor.givenName ?? ''} ${visitor.familyName}`.trim() : null;
  return {
    lang,
    w: words(lang, 'hall'),
    nav: roomsOf(visitor).map(way),
    personal: personalOf(visitor).map(way),
    acting: actingOf(lang, visitor),
    looking,
    signedIn: visitor !== null,
    name,
    initials: name ? initialsOf(name) : null,
    languages: LANGS.map((code) => ({
      code,
      label: LANGUAGE_NAMES[code],
      href: inLanguage(request.url, code),
      current: code === lang,
    })),
    styles: [hall.assets.href('main.css')],
    scripts: [hall.assets.href('page.js')],
    icon: hall.assets.href('icon.svg'),
    idleSeconds: visitor ? IDLE_MINUTES * 60 : null,
    demo: hall.demo,
    path,
  };
}

function roomsOf(visitor: SignedIn | null): Room[] {
  if (visitor?.kind === 'agency') return DESK.filter(({ right }) => holds(visitor.right, right));
  if (visitor?.kind === 'support') return SUPPORT_DESK;
  return visitor ? ROOMS : [];
}

function personalOf(visitor: SignedIn | null): Room[] {
  const capacity = visitor?.mayChoose
    ? [
        {
          href: paths.CAPACITY,
          key: 'hall.changeCapacity',
          isCurrent: (path: string) => path === paths.CAPACITY,
        } as const,
      ]
    : [];
  return visitor?.kind === 'worker' ? [...PERSONAL, ...capacity] : capacity;
}

function actingOf(lang: Lang, visitor: SignedIn | null): Layout['acting'] {
  if (visitor?.kind === 'agency')
    return { text: say(lang, 'hall.acting', { agency: visitor.agencyName }), change: paths.CAPACITY };
  if (visitor?.kind === 'support') return { text: say(lang, 'hall.actingSupport'), change: paths.CAPACITY };
  return visitor?.mayChoose ? { text: null, change: paths.CAPACITY } : null;
}
