// Installs what is missing and runs a script of the project with the project's own Node.
import { spawn } from 'node:child_process';
import { install, NODE, ROOT } from './install.mjs';

install();
const child = spawn(NODE, process.argv.slice(2), { cwd: ROOT, stdio: 'inherit' });
// The terminal sends Ctrl-C to both; a signal sent to us alone is handed on. We leave when the script has left.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
