import { SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a plain line at every tenth, so that a log stays readable. */
export function progressBar(what: string): Progress {
  return process.stderr.isTTY ? bar(what) : lines(what);
}

function bar(what: string): Progress {
  const shown = new SingleBar({
    format: `${what} [{bar}] {percentage} % | {value} of {total} | {duration_formatted}`,
    hideCursor: true,
  });
  let isStarted = false;
  return {
    update(done, total) {
      if (!isStarted) shown.start(total, 0);
      isStarted = true;
      shown.setTotal(total);
      shown.update(done);
    },
    stop() {
      if (isStarted) shown.stop();
    },
  };
}

function lines(what: string): Progress {
  let told = -1;
  return {
    update(done, total) {
      const tenth = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (tenth > told) process.stderr.write(`${what}: ${done} of ${total}\n`);
      told = Math.max(told, tenth);
    },
    stop: () => undefined,
  };
}
