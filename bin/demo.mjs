// The portal with made-up people, from a fresh clone: installs what is missing and goes on with the project's own Node.
process.argv.splice(2, process.argv.length, 'src/main.ts', 'demo');
await import('./with-node.mjs');
