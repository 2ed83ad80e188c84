// Installs what is missing and runs a script of the project with the project's own Node.
import { spawn } from 'node:child_process';
import { install, NODE, ROOT } from './install.mjs';

install();
// A process group of its own: the terminal's Ctrl-C reaches us only, and we hand every signal on exactly once. Should we be killed, the
// demo sees that its parent is gone.
const child = spawn(NODE, process.argv.slice(2), { cwd: ROOT, stdio: 'inherit', detached: true });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// Who started us may be killed without a word: then nobody wants the script any more.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
