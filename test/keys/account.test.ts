import { describe, expect, it } from 'vitest';
import { passwordFault, plainPassword, readUserName, userKeyOf } from '../../src/keys/account.ts';
import { inszNumber } from '../records.ts';

const OWN = ['lukasz.d', 'Łukasz', 'Dvořák', null, 'Tempo Interim', 'De Zwaan bv'];

describe('a user name', () => {
  it.each(['lukasz', 'Łukasz.Dvořák', 'an_peeters@home', 'x-1234', 'a'.repeat(40), '12345678901'])(
    'may be %s',
    (typed) => {
      expect(readUserName(typed)).toEqual({ userName: typed });
    },
  );
  it.each(['', 'four', 'a'.repeat(41), 'two words', 'semi;colon', 'nul\0nul', 'new\nline', undefined, 7])(
    'is not %j',
    (typed) => {
      expect(readUserName(typed)).toEqual({ fault: 'form' });
    },
  );
  it('is no national number, however it is spaced or hidden', () => {
    for (let n = 1; n < 50; n++) {
      const insz = inszNumber(n);
      const spaced = insz.replace(/^(..)(..)(..)(...)(..)$/, '$1.$2.$3-$4.$5');
      for (const typed of [insz, spaced, `jan${insz}`, `x1${insz}`, insz.replace(/(.)/g, '$1_')])
        expect(readUserName(typed.slice(0, 40)), typed).toEqual({ fault: 'number' });
    }
  });
  it('is the same however it is written', () => {
    expect(userKeyOf(' Łukasz ')).toBe(userKeyOf('łukasz'));
    expect(userKeyOf('ﬁnance')).toBe('finance');
  });
});

describe('a new password', () => {
  it.each([
    'correct horse battery',
    'zon op maandag',
    '日本語のパスワードを使う',
    'a1!B2@c3#D',
    `${'x'.repeat(60)}abc`,
    'lukasz eet graag appels',
    'tempo is niet alles',
    'zwaantjes op de vijver',
  ])('may be %s', (password) => {
    expect(passwordFault(password, OWN)).toBe(null);
  });
  it.each([
    ['123456789', 'short'],
    ['', 'short'],
    ['ninechars', 'short'],
    ['a'.repeat(60) + 'bcdefgh'.repeat(10), 'long'],
    ['1234567890', 'common'],
    ['qwertyuiop', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['password12345', 'common'],
    ['Wachtwoord123!', 'common'],
    ['2026azerty2026', 'common'],
    ['motdepasse99', 'common'],
    ['P@ssw0rd2026', 'common'],
    ['!!Welk0m!!99', 'common'],
    ['W4chtw00rd!!!', 'common'],
    ['lukasz.d12', 'own'],
    ['Dvořák-Łukasz', 'own'],
    ['interimatwork1', 'own'],
    ['Interim@work', 'common'],
    ['lukasz19850730', 'own'],
    ['Lukasz-Dvorak', 'own'],
    ['D v o ř á k 1 2', 'own'],
    ['Tempo-Interim26', 'own'],
    ['tempo wachtwoord', 'own'],
    ['De Zwaan 2026', 'own'],
  ])('is not %s', (password, fault) => {
    expect(passwordFault(password, OWN)).toBe(fault);
  });
  it('counts characters as people see them', () => {
    expect(passwordFault('🙂🙃🙂🙃🐘', OWN)).toBe('short');
    expect(passwordFault(`${'é'.repeat(3).normalize('NFD')}abcdefg`, OWN)).toBe(null);
    expect(plainPassword('é'.normalize('NFD'))).toBe('é');
    expect(plainPassword(['no', 'text'])).toBe('');
  });
});
