import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './process.ts';

/** A server of the database: Patroni and its PostgreSQL. */
export type Node = 'one' | 'two';

/** Where everybody listens, on 127.0.0.1. */
export interface Ports {
  postgres: Record<Node, number>;
  patroni: Record<Node, number>;
  etcd: number;
  front: number;
}

/** As the docs' own file has it. */
export const BINARIES = '/usr/lib/postgresql/15/bin';

export const etcdWords = (folder: string, client: number, peer: number) => [
  ...['--data-dir', folder, '--log-level', 'error'],
  ...['--listen-client-urls', `http://127.0.0.1:${client}`, '--advertise-client-urls', `http://127.0.0.1:${client}`],
  ...['--listen-peer-urls', `http://127.0.0.1:${peer}`],
];

/** The file of the docs, word for word but for addresses and folders. */
export function configured(node: Node, folder: string, { postgres, patroni, etcd }: Ports): string {
  return readFileSync(path.join(ROOT, 'docs/patroni.yml'), 'utf8')
    .replace('name: one', `name: ${node}`)
    .replace('10.0.0.21:2379,10.0.0.22:2379,10.0.0.23:2379', `127.0.0.1:${etcd}`)
    .replaceAll('10.0.0.11:8008', `127.0.0.1:${patroni[node]}`)
    .replaceAll('10.0.0.11:5432', `127.0.0.1:${postgres[node]}`)
    .replaceAll('10.0.0.0/24', '127.0.0.0/8')
    .replaceAll('/var/lib/postgresql/interim', path.join(folder, node));
}

export function balanced({ postgres, patroni, front }: Ports): string {
  return readFileSync(path.join(ROOT, 'docs/haproxy-database.cfg'), 'utf8')
    .replace('127.0.0.1:5000', `127.0.0.1:${front}`)
    .replace('10.0.0.11:5432 port 8008', `127.0.0.1:${postgres.one} port ${patroni.one}`)
    .replace('10.0.0.12:5432 port 8008', `127.0.0.1:${postgres.two} port ${patroni.two}`);
}
