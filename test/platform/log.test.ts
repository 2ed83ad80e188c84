import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, mask } from '../../src/platform/log.ts';

/** Everything a log wrote, as text. */
function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('trace', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

/** Eleven digits the ways people and programs write them. */
const spellings = (digits: string) => {
  const [yy, mm, dd, count, check] = [
    digits.slice(0, 2),
    digits.slice(2, 4),
    digits.slice(4, 6),
    digits.slice(6, 9),
    digits.slice(9),
  ];
  return [
    digits,
    `${yy}.${mm}.${dd}-${count}.${check}`,
    `${yy} ${mm} ${dd} ${count} ${check}`,
    `${yy}-${mm}-${dd}-${count}-${check}`,
    `${yy}${mm}${dd}-${count}.${check}`,
    `${yy}${mm}${dd} ${count}${check}`,
    `${yy}/${mm}/${dd}-${count}-${check}`,
    `${yy}%20${mm}%20${dd}%20${count}%20${check}`,
    `${yy}+${mm}+${dd}+${count}+${check}`,
  ];
};

const insz = fc.stringMatching(/^[0-9]{11}$/);
const spelled = insz.chain((digits) => fc.constantFrom(...spellings(digits)).map((text) => ({ digits, text })));
/** Words that may stand around a number, and end or begin without a digit. */
const around = fc.constantFrom('', ' ', 'INSZ ', 'insz=', '/', '?q=', '"', 'é', '%20', '(', '\n', 'T', ':', '_');

describe('no national number leaves the log', () => {
  it('in message, field, nested field, key of an error or address, however it is spelled', () => {
    fc.assert(
      fc.property(spelled, around, around, ({ digits, text }, before, after) => {
        const said = `${before}${text}${after}`;
        const out = written((log) => {
          log.info(said);
          log.warn({ insz: text, worker: { ssin: said, list: [said] } }, 'fields');
          log.error({ err: new Error(`no worker ${said}`, { cause: new Error(said) }) }, 'fault');
          log.info({ url: `/relations?q=${said}`, path: `/workers/${text}/x` }, 'address');
          log.child({ who: said }).debug('child');
        });
        expect(out).not.toContain(text);
        expect(out.replace(/[^0-9]/g, '').includes(digits)).toBe(false);
        expect(out.split('\n').filter(Boolean)).toHaveLength(5);
      }),
    );
  });

  it('as a number instead of text', () => {
    expect(written((log) => log.info({ insz: 85073003328 }))).not.toContain('85073003328');
  });

  it('in what was thrown and is no error', () => {
    expect(written((log) => log.error({ err: '85.07.30-033.28' }, 'thrown'))).not.toMatch(/85.07.30/);
  });
});

describe('what operators need stays readable', () => {
  it('period ids, enterprise numbers, instants, ports and request numbers', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9][0-9]{11}$/),
        fc.stringMatching(/^[01][0-9]{9}$/),
        fc
          .date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.integer({ min: 1, max: 65535 }),
        (periodId, enterprise, instant, port) => {
          const fields = { periodId, enterprise, at: instant, day: instant.slice(0, 10), port, ms: port / 10 };
          const [line = ''] = written((log) =>
            log.info(fields, `period ${periodId} of ${enterprise} at ${instant}`),
          ).split('\n');
          expect(JSON.parse(line)).toMatchObject({
            ...fields,
            msg: `period ${periodId} of ${enterprise} at ${instant}`,
          });
        },
      ),
    );
  });

  it('every line is JSON with its level in words and its instant', () => {
    const line = JSON.parse(
      written((log) => log.warn({ err: new Error('85073003328') }, 'quoted "é" 85.07.30-033.28')),
    );
    expect(line).toMatchObject({ level: 'warn', msg: 'quoted "é" •••', err: { type: 'Error' } });
    expect(Temporal.Instant.from(line.time)).toBeTruthy();
  });
});

describe('secrets in addresses', () => {
  const secret = fc.stringMatching(/^[\w-]{16,43}$/);

  it('are masked, the room they open stays', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom('feeds', 'verify', 'unsubscribe', 'overviews'), (value, room) => {
        const masked = mask(`{"path":"/${room}/${value}","return":"%2F${room}%2F${value}"}`);
        expect(masked).not.toContain(value);
        expect(masked).toContain(`/${room}/•••`);
      }),
    );
  });

  it('are told from ordinary addresses', () => {
    expect(mask('/relations/656309292174 /overviews /help/pin')).toBe('/relations/656309292174 /overviews /help/pin');
  });
});
