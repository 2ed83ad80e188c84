import { describe, expect, it } from 'vitest';
import { isLoopback } from '../src/config.production.ts';
import { ConfigFaults, exampleEnvironment, readConfig, SCHEMA } from '../src/config.ts';

describe('the configuration', () => {
  it('has defaults for everything when nothing is set', () => {
    const config = readConfig('demo', {});
    expect(config).toMatchObject({
      mode: 'demo',
      HOST: '127.0.0.1',
      PORT: 3000,
      SIGN_IN: ['eid', 'token'],
      EID_OCSP: 'on',
      LOG_LEVEL: 'info',
    });
    expect(config.DATABASE_URL).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    const config = readConfig('demo', { PORT: '', DATABASE_URL: '' });
    expect([config.PORT, config.DATABASE_URL, config.given.has('PORT')]).toEqual([3000, undefined, false]);
  });

  it('knows what was set from what is a default', () => {
    const { given } = readConfig('demo', { PORT: '3000' });
    expect([given.has('PORT'), given.has('LOG_LEVEL')]).toEqual([true, false]);
  });

  it('reads lists, origins and ports', () => {
    const config = readConfig('demo', {
      TRUST_PROXY: '10.0.0.0/8, 127.0.0.1',
      PUBLIC_URL: 'https://Portal.Example:443/some/path?x',
      PORT: '8080',
    });
    expect(config.TRUST_PROXY).toEqual(['10.0.0.0/8', '127.0.0.1']);
    expect([config.PUBLIC_URL, config.PORT]).toEqual(['https://portal.example', 8080]);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig('demo', {}))).toBe(true);
  });

  it('leaves out what is not ours', () => {
    expect(readConfig('demo', { HOME: '/somewhere', NODE_ENV: 'production' })).not.toHaveProperty('HOME');
  });

  it.each([
    ['PORT', 'many'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'ftp://portal.example'],
    ['PUBLIC_URL', 'portal.example'],
    ['DATABASE_URL', 'localhost:5432'],
    ['LOG_LEVEL', 'loud'],
    ['EID_OCSP', 'maybe'],
    ['PORTAL_NOW', 'noon'],
    ['PORTAL_NOW', '2026-11-23'],
  ])('refuses %s=%s and says which', (name, value) => {
    expect(() => readConfig('demo', { [name]: value })).toThrow(ConfigFaults);
    expect(() => readConfig('demo', { [name]: value })).toThrow(`${name}: `);
  });

  it('lets the demo and commands do what production may not', () => {
    const easy = { EID_OCSP: 'off', PORTAL_NOW: '2026-11-23T09:00:00Z', PUBLIC_URL: 'http://localhost:3000' };
    for (const mode of ['demo', 'command'] as const) expect(readConfig(mode, easy).EID_OCSP).toBe('off');
    expect(() => readConfig('serve', easy)).toThrow(ConfigFaults);
  });
});

describe('loopback', () => {
  it.each(['localhost', '127.0.0.1', '127.8.9.10', '[::1]'])('is %s', (host) => expect(isLoopback(host)).toBe(true));
  it.each(['127.evil.example', 'localhost.evil.example', '10.0.0.1', '0.0.0.0', '[::2]', ''])('is not %s', (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});

describe('.env.example', () => {
  it('tells every variable, with its default', () => {
    const text = exampleEnvironment();
    for (const name of Object.keys(SCHEMA.shape)) expect(text).toMatch(new RegExp(`^# ${name}=`, 'm'));
    expect(text).toContain('# PORT=3000\n');
    expect(text).not.toMatch(/undefined|\[object/);
  });
});
