import http from 'node:http';

/** Asks at a steady beat whether or not earlier answers came: what a waiting visitor sees, not what a patient one does. */
export interface OpenLoop {
  answers: number;
  faults: number;
  /** Latencies in ms, from the moment at which the question was due. */
  p50: number;
  p99: number;
}

export interface Beat {
  port: number;
  perSecond: number;
  seconds: number;
  ask(n: number): { path: string; method?: string; headers: Record<string, string> };
}

export async function openLoop({ port, perSecond, seconds, ask }: Beat): Promise<OpenLoop> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const took: number[] = [];
  let faults = 0;
  const one = (n: number, due: number) =>
    new Promise<void>((resolve) => {
      const { path, method = 'GET', headers } = ask(n);
      const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent }, (answer) => {
        if ((answer.statusCode ?? 500) >= 400) faults++;
        answer.resume().on('end', () => {
          took.push(performance.now() - due);
          resolve();
        });
      });
      request.on('error', () => {
        faults++;
        resolve();
      });
      request.end();
    });
  const began = performance.now();
  const asked: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    const beat = setInterval(() => {
      const now = performance.now() - began;
      while (asked.length < Math.min(now / 1000, seconds) * perSecond)
        asked.push(one(asked.length, began + (asked.length * 1000) / perSecond));
      if (now >= seconds * 1000) {
        clearInterval(beat);
        resolve();
      }
    }, 1);
  });
  await Promise.all(asked);
  agent.destroy();
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;
  return { answers: took.length, faults, p50: at(0.5), p99: at(0.99) };
}
