// Installs what is missing and runs a script of the project with the project's own Node.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { install, NODE, ROOT } from './install.mjs';

await install();
// A process group of its own: the terminal's Ctrl-C reaches us only, and we hand every signal on exactly once. Should we be killed, the
// demo sees that its parent is gone.
const child = spawn(NODE, process.argv.slice(2), { cwd: ROOT, stdio: 'inherit', detached: true });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm may be killed without a word, and its shell stay: then nobody wants the script any more.
const launcher = process.env.npm_lifecycle_event ? npmAbove(process.ppid) : undefined;
if (launcher) setInterval(() => isAlive(launcher) || child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

/** The npm that runs us: our parent, or, where the system tells, the parent of the shell between. */
function npmAbove(pid, levels = 3) {
  if (levels === 0 || !existsSync(`/proc/${pid}/stat`)) return process.ppid;
  if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('npm')) return pid;
  const [, above] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return npmAbove(Number(above), levels - 1);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
