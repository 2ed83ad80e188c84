import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
import { reporting } from './list.child.ts';
import { type Errand, PUBLIC_URL, SECRET } from './list.server.ts';

/** The portal as it runs in production, in a process of its own; its log goes where standard output goes. */
const { connection } = JSON.parse(process.argv[2] ?? '') as Errand;
const config = readConfig('command', {});
const house = buildHouse({ config, connection, publicUrl: PUBLIC_URL, secret: SECRET, trust: [] });
const app = await buildApp(house);
await app.listen({ host: '127.0.0.1', port: 0 });
reporting(app.server);
