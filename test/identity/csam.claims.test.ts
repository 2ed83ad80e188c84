import { describe, expect, it } from 'vitest';
import { type Claims, FAS_CLAIMS, personOf } from '../../src/identity/methods/csam.claims.ts';

const LEVEL = (level: number | string) => `urn:be:fedict:iam:fas:Level${level}`;
const ID: Claims = { sub: 's', acr: LEVEL(500), amr: ['eid', LEVEL(500)] };
const USER: Claims = {
  sub: 's',
  egovNRN: '85073003328',
  surname: 'Dvořák',
  givenName: 'Łukasz',
  prefLanguage: 'fr',
};
const RULES = { names: FAS_CLAIMS, levels: new Map<string, number>(), least: 300 };

const person = (id: Claims = {}, user: Claims = {}, rules = RULES) =>
  personOf({ idToken: { ...ID, ...id }, userinfo: { ...USER, ...user } }, rules, 2026);

describe('a person as CSAM tells of him', () => {
  it('has his number, names the right way round, language and level', () => {
    expect(person()).toEqual({
      insz: '85073003328',
      familyName: 'Dvořák',
      givenName: 'Łukasz',
      language: 'fr',
      assurance: 500,
    });
  });

  it.each([
    ['no given name', { givenName: undefined }, { givenName: null }],
    ['an empty given name', { givenName: ' ' }, { fault: 'no right name' }],
    ['letters put together from parts', { surname: 'Dvora\u030Ck' }, { familyName: 'Dvorǎk' }],
    ['a language in capitals', { prefLanguage: 'DE' }, { language: 'de' }],
    ['a language with its country', { prefLanguage: 'nl_BE' }, { language: 'nl' }],
  ])('may have %s', (_, user, expected) => {
    expect(person({}, user)).toMatchObject(expected);
  });

  it.each([
    ['a language that we do not speak', 'es'],
    ['no language', undefined],
  ])('may have %s', (_, prefLanguage) => {
    expect(person({}, { prefLanguage })).not.toHaveProperty('language');
  });

  it('may have his number in the id token', () => {
    expect(person({ egovNRN: '85073003328' }, { egovNRN: undefined })).toMatchObject({ insz: '85073003328' });
  });
});

describe('nobody is', () => {
  it.each<[string, Claims, Claims, string]>([
    ['without a number', {}, { egovNRN: undefined }, 'no national number'],
    ['a number with wrong check digits', {}, { egovNRN: '85073003329' }, 'no right national number'],
    ['a number with dots', {}, { egovNRN: '85.07.30-033.28' }, 'no right national number'],
    ['a number that is no text', {}, { egovNRN: 85073003328 }, 'no right national number'],
    ['several numbers', {}, { egovNRN: ['85073003328'] }, 'no right national number'],
    ['empty', {}, { egovNRN: '' }, 'no right national number'],
    ['born after this year', {}, { egovNRN: '99010100141' }, 'no right national number'],
    ['two people', { egovNRN: '94022722580' }, {}, 'no right national number'],
    ['without a family name', {}, { surname: undefined }, 'no right name'],
    ['a name that no screen shows', {}, { surname: 'Dvo\u0000řák' }, 'no right name'],
    ['a name without end', {}, { surname: 'a'.repeat(201) }, 'no right name'],
    ['a name that is no text', {}, { givenName: { first: 'Łukasz' } }, 'no right name'],
  ])('%s', (_, id, user, fault) => {
    expect(person(id, user)).toEqual({ fault });
  });
});

describe('how strongly he proved it', () => {
  const level = (id: Claims, user: Claims = {}, rules = { ...RULES, least: 100 }) => person(id, user, rules);

  it.each<[string, Claims, number]>([
    ['eID', { acr: LEVEL(500), amr: ['eid', LEVEL(500)] }, 500],
    ['itsme', { acr: LEVEL(450), amr: ['bmid', LEVEL(450)] }, 450],
    ['app', { acr: LEVEL(400), amr: undefined }, 400],
    ['a level of its own', { acr: LEVEL(350), amr: [] }, 350],
    ['the form of the citizen realm', { acr: 'urn:be:fedict:iam:fas:citizen:Level400', amr: undefined }, 400],
    ['the older name of the eID', { acr: 'urn:be:fedict:iam:fas:citizen:eid', amr: undefined }, 500],
    ['the older name of itsme', { acr: 'urn:be:fedict:iam:fas:citizen:bmid', amr: undefined }, 450],
    ['the older name of the token', { acr: 'urn:be:fedict:iam:fas:citizen:token', amr: undefined }, 300],
    ['only the list of means', { acr: undefined, amr: ['eid', LEVEL(500)] }, 500],
    ['a password', { acr: LEVEL(200), amr: ['pwd'] }, 200],
    ['registered by oneself', { acr: LEVEL(100), amr: undefined }, 100],
    ['two levels: the weaker counts', { acr: LEVEL(500), amr: ['pwd', LEVEL(200)] }, 200],
  ])('%s', (_, id, expected) => {
    expect(level(id)).toMatchObject({ assurance: expected });
  });

  it('stands in what is told of him where the token is silent, and only then', () => {
    const told = { assurance_level: LEVEL(400) };
    expect(level({ acr: undefined, amr: undefined }, told)).toMatchObject({ assurance: 400 });
    expect(level({ acr: LEVEL(200), amr: undefined }, told)).toMatchObject({ assurance: 200 });
  });

  it('may be called otherwise by another provider', () => {
    const levels = new Map([['urn:be:vlaanderen:authmech:eid', 500]]);
    const id = { acr: 'urn:be:vlaanderen:authmech:eid', amr: undefined };
    const names = { insz: 'rrn', familyName: 'family_name', givenName: 'given_name', language: 'lang' };
    const told = { rrn: '85073003328', family_name: 'Peeters', given_name: 'An' };
    expect(personOf({ idToken: id, userinfo: told }, { names, levels, least: 300 }, 2026)).toEqual({
      insz: '85073003328',
      familyName: 'Peeters',
      givenName: 'An',
      assurance: 500,
    });
  });

  it.each([
    ['nothing', undefined],
    ['a level beyond the strongest', LEVEL(999)],
    ['a level with something behind it', `${LEVEL(500)}x`],
    ['a level of the enterprise realm', 'urn:be:fedict:iam:fas:enterprise:Level500'],
    ['a level of somebody else', 'urn:example:Level500'],
    ['a number', 500],
  ])('is not told by %s', (_, acr) => {
    expect(level({ acr, amr: undefined })).toEqual({ fault: 'no level that is known' });
  });

  it('is not enough below the least', () => {
    expect(person({ acr: LEVEL(200), amr: undefined })).toEqual({ fault: 'level too low' });
    expect(person({ acr: LEVEL(400), amr: undefined }, {}, { ...RULES, least: 450 })).toEqual({
      fault: 'level too low',
    });
  });
});
