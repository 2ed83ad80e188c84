import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigFaults, exampleEnvironment, readConfig } from '../../src/config.ts';
import { filesUnder, importsOf, ROOT, textOf } from './sources.ts';

/** Everything that loads, sooner or later, when a file does. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file) || !file.endsWith('.ts')) return reached;
  reached.add(file);
  for (const { target, isOwn, isTypeOnly } of importsOf(file)) if (isOwn && !isTypeOnly) reachedFrom(target, reached);
  return reached;
}

const RIGHT = {
  DATABASE_URL: 'postgres://portal@db.example/portal',
  SESSION_SECRET: 'kept where nobody looks, and long enough',
  PUBLIC_URL: 'https://portal.example',
  EID_TRUST: '/etc/interim/anchors',
};

function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig('serve', { ...RIGHT, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults.map((fault) => fault.split(':', 1)[0] ?? '');
    throw error;
  }
}

describe('what production loads', () => {
  const loaded = [...reachedFrom('src/commands/serve.ts')];

  it('is the portal', () => {
    expect(loaded).toEqual(expect.arrayContaining(['src/app.ts', 'src/house.ts', 'src/overviews/pdf.worker.ts']));
  });

  it('holds nothing of the demo', () => {
    const demo = /^src\/(stubs\/|patterns\/|commands\/(demo|generate)\b)|\bgenerate\./;
    expect(loaded.filter((file) => demo.test(file))).toEqual([]);
  });

  it('asks for no package that plays a neighbour', () => {
    const packages = loaded.flatMap((file) => importsOf(file)).map(({ target }) => target);
    expect(packages).toContain('openid-client');
    expect(packages.filter((name) => /^oidc-provider\b/.test(name))).toEqual([]);
  });

  it('asks for no package that is only there for development', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };
    const packages = filesUnder('src', '.ts')
      .flatMap((file) => importsOf(file))
      .filter(({ target, isOwn, isTypeOnly }) => !isOwn && !isTypeOnly && !target.startsWith('node:'))
      .map(({ target }) =>
        target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('is reached by a command line that loads a command only when asked', () => {
    const early = importsOf('src/main.ts').filter(({ target }) => /commands\//.test(target));
    const text = textOf('src/main.ts');
    for (const { target } of early.filter(({ target }) => !/(usage|told)\.ts$/.test(target)))
      expect(text).toContain(`() => import('./${path.posix.relative('src', target)}')`);
  });
});

describe('what production starts on', () => {
  it('is a right environment', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    ['a demo secret', { SESSION_SECRET: 'demo-only-0123456789012345678901234567890123456789' }, 'SESSION_SECRET'],
    ['a short secret', { SESSION_SECRET: 'short' }, 'SESSION_SECRET'],
    ['no secret', { SESSION_SECRET: '' }, 'SESSION_SECRET'],
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL'],
    ['another kind of database', { DATABASE_URL: 'mysql://db.example/portal' }, 'DATABASE_URL'],
    ['no anchors', { EID_TRUST: '' }, 'EID_TRUST'],
    ['unchecked revocation', { EID_OCSP: 'off' }, 'EID_OCSP'],
    ['a clock of its own', { PORTAL_NOW: '2026-11-23T09:00:00Z' }, 'PORTAL_NOW'],
    ['half a seal', { SEAL_KEY: '/etc/interim/seal.key' }, 'SEAL_KEY, SEAL_CERTIFICATE'],
    ['a code that lives for no day', { VERIFY_DAYS: '0' }, 'VERIFY_DAYS'],
    ['plain http', { PUBLIC_URL: 'http://portal.example' }, 'PUBLIC_URL'],
    ['plain http behind a proxy', { PUBLIC_URL: 'http://portal.example', TRUST_PROXY: '10.0.0.0/8' }, 'PUBLIC_URL'],
    ['plain http on loopback', { PUBLIC_URL: 'http://localhost:3000' }, 'PUBLIC_URL'],
    [
      'a name that looks like loopback',
      { PUBLIC_URL: 'http://127.evil.example', TRUST_PROXY: '10.0.0.0/8' },
      'PUBLIC_URL',
    ],
    ['an unknown sign-in method', { SIGN_IN: 'eid,password' }, 'SIGN_IN'],
    ['a token without a pepper', { SIGN_IN: 'eid,token' }, 'TOKEN_PEPPER'],
    ['a short pepper', { TOKEN_PEPPER: 'short' }, 'TOKEN_PEPPER'],
    ['a demo’s pepper', { TOKEN_PEPPER: 'demo-only-0123456789012345678901234567890123456789' }, 'TOKEN_PEPPER'],
    ['a mail server without a sender', { SMTP_URL: 'smtps://mail.example' }, 'MAIL_FROM'],
    [
      'a sender that is two lines',
      { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'A\nBcc: x <a@b.example>' },
      'MAIL_FROM',
    ],
    ['a mail server of another kind', { SMTP_URL: 'http://mail.example', MAIL_FROM: 'a@b.example' }, 'SMTP_URL'],
    ['a port that is none', { PORT: '70000' }, 'PORT'],
  ])('is not %s', (_, environment, variable) => {
    expect(faultsOf(environment)).toContain(variable);
  });

  const CSAM = {
    SIGN_IN: 'eid,csam',
    CSAM_ISSUER: 'https://idp.example/fas/oauth2',
    CSAM_CLIENT_ID: 'portal',
    CSAM_CLIENT_SECRET: 'kept where nobody looks',
  };

  it('may be CSAM beside the card, proven by a secret or a key', () => {
    expect(faultsOf(CSAM)).toEqual([]);
    expect(faultsOf({ ...CSAM, CSAM_CLIENT_SECRET: '', CSAM_KEY: '/etc/interim/csam.jwk' })).toEqual([]);
  });

  it.each([
    ['without an issuer', { CSAM_ISSUER: '' }, 'CSAM_ISSUER'],
    ['over plain http, as the demo’s', { CSAM_ISSUER: 'http://127.0.0.1:4000/fas/oauth2' }, 'CSAM_ISSUER'],
    ['without a name of ours', { CSAM_CLIENT_ID: '' }, 'CSAM_CLIENT_ID'],
    ['without a proof of ours', { CSAM_CLIENT_SECRET: '' }, 'CSAM_CLIENT_SECRET'],
    ['with a demo’s secret', { CSAM_CLIENT_SECRET: 'demo-only-0123456789' }, 'CSAM_CLIENT_SECRET'],
    ['with too weak a level', { CSAM_LEAST: '200' }, 'CSAM_LEAST'],
    ['with half a pair', { CSAM_CLAIMS: 'insz' }, 'CSAM_CLAIMS'],
  ])('is not CSAM %s', (_, environment, variable) => {
    expect(faultsOf({ ...CSAM, ...environment })).toContain(variable);
  });

  const MTLS = { SIGN_IN: 'eid,mtls', TRUST_PROXY: '10.0.0.1', MTLS_SECRET: 'of the proxy, and 32 bytes long' };

  it('may be a certificate in the handshake with a proxy that proves itself', () => {
    expect(faultsOf({ ...MTLS, MTLS_SECRET: `${MTLS.MTLS_SECRET}!` })).toEqual([]);
  });

  it.each([
    ['without a secret', { MTLS_SECRET: '' }, 'MTLS_SECRET'],
    ['with one of 31 bytes', {}, 'MTLS_SECRET'],
    ['from any peer', { TRUST_PROXY: '' }, 'TRUST_PROXY'],
    ['over plain http', { MTLS_URL: 'http://card.portal.example' }, 'MTLS_URL'],
  ])('is not such a certificate %s', (_, environment, variable) => {
    expect(faultsOf({ ...MTLS, ...environment })).toContain(variable);
  });

  it('may be http on loopback behind a proxy', () => {
    expect(faultsOf({ PUBLIC_URL: 'http://localhost:3000', TRUST_PROXY: '127.0.0.1/32' })).toEqual([]);
  });

  it('names every fault at once', () => {
    const faults = faultsOf({
      DATABASE_URL: '',
      SESSION_SECRET: 'demo-only-',
      PUBLIC_URL: 'http://portal.example',
      EID_OCSP: 'off',
      PORTAL_NOW: 'noon',
      LOG_LEVEL: 'loud',
    });
    const expected = ['DATABASE_URL', 'SESSION_SECRET', 'PUBLIC_URL', 'EID_OCSP', 'PORTAL_NOW', 'LOG_LEVEL'];
    expect(new Set(faults)).toEqual(new Set(expected));
  });

  it('never repeats a secret in a fault', () => {
    const secret = 'demo-only-secret-of-somebody-0123456789';
    expect(() => readConfig('serve', { ...RIGHT, SESSION_SECRET: secret })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});

describe('what is written for operators', () => {
  /** What README sets in code: what a reader types. */
  const readme = () => (textOf('README.md').match(/```[\s\S]*?```|`[^`\n]+`/g) ?? []).join('\n');

  it('.env.example is printed from the schema', () => {
    expect(textOf('.env.example')).toBe(exampleEnvironment());
  });

  it('.env.example sets nothing by itself', () => {
    expect(
      exampleEnvironment()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ).toEqual([]);
  });

  it('README names npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...readme().matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map((found) => found[1] ?? '');
    const npmOwn = ['ci', 'install', 'exec', 'audit', 'run'];
    expect(named).toEqual(expect.arrayContaining(['demo', 'test', 'start']));
    expect([...new Set(named)].filter((name) => !(name in scripts) && !npmOwn.includes(name))).toEqual([]);
  });

  it('README names commands that exist, and every command', () => {
    const commands = [...textOf('src/main.ts').matchAll(/import\('\.\/commands\/([\w-]+)\.ts'\)/g)].map(
      (found) => found[1] ?? '',
    );
    const named = [...readme().matchAll(/src\/main\.ts ([a-z][\w-]*)/g)].map((found) => found[1] ?? '');
    expect([...new Set(named)].filter((name) => !commands.includes(name))).toEqual([]);
    const told = (name: string) => named.includes(name) || new RegExp(`\\b${name}\\b`).test(readme());
    expect(commands.filter((name) => !told(name))).toEqual([]);
  });

  it('README and docs lead to files that exist', () => {
    const pages = ['README.md', ...filesUnder('docs', '.md')];
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((found) => path.join(path.dirname(page), found[1] ?? ''))
        .filter((target) => !existsSync(path.join(ROOT, target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
