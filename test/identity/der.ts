import { KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import type { Issued } from '../pki.ts';

/** DER as a tree, to change a certificate in any field and put it together again. */
interface Node {
  tag: number;
  parts: Node[] | Buffer;
}

function parsed(der: Buffer): Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at < der.length; ) {
    const tag = der[at] ?? 0;
    const first = der[at + 1] ?? 0;
    const bytes = first < 0x80 ? 0 : first & 0x7f;
    const length = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
    const value = der.subarray(at + 2 + bytes, at + 2 + bytes + length);
    nodes.push({ tag, parts: tag & 0x20 ? parsed(value) : Buffer.from(value) });
    at += 2 + bytes + length;
  }
  return nodes;
}

function encoded({ tag, parts }: Node): Buffer {
  const value = Buffer.isBuffer(parts) ? parts : Buffer.concat(parts.map(encoded));
  const length = value.length
    .toString(16)
    .padStart(value.length.toString(16).length + (value.length.toString(16).length % 2), '0');
  const head =
    value.length < 0x80
      ? Buffer.of(value.length)
      : Buffer.concat([Buffer.of(0x80 + length.length / 2), Buffer.from(length, 'hex')]);
  return Buffer.concat([Buffer.of(tag), head, value]);
}

function all(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...(Buffer.isBuffer(node.parts) ? [] : all(node.parts))]);
}

/** One change somewhere in a tree: another tag, other bytes, something left out, doubled or put in. */
export const change = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('tag', 'flip', 'value', 'drop', 'double', 'insert'),
  byte: fc.integer({ min: 1, max: 255 }),
  bytes: fc.uint8Array({ maxLength: 40 }),
});
export type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(root: Node, { where, how, byte, bytes }: Change): void {
  const nodes = all([root]);
  const node = nodes[where % nodes.length] as Node;
  const { parts } = node;
  if (how === 'tag') node.tag ^= byte;
  else if (Buffer.isBuffer(parts)) {
    if (how === 'flip' && parts.length > 0) parts[where % parts.length] = (parts[where % parts.length] ?? 0) ^ byte;
    else
      node.parts =
        how === 'drop' ? Buffer.alloc(0) : how === 'double' ? Buffer.concat([parts, parts]) : Buffer.from(bytes);
  } else if (how === 'drop' || how === 'double') {
    const at = where % Math.max(1, parts.length);
    parts.splice(at, how === 'drop' ? 1 : 0, ...(how === 'drop' ? [] : parts.slice(at, at + 1)));
  } else parts.push({ tag: byte, parts: Buffer.from(bytes) });
}

/** A certificate with changes in what the authority vouches for, under the old signature or signed anew by `issuer` (P-384). */
export function forged(card: Issued, changes: Change[], issuer: Issued | null): Buffer {
  const [root] = parsed(card.der) as [Node];
  const [tbs, algorithm, signature] = root.parts as [Node, Node, Node];
  for (const one of changes) changed(tbs, one);
  if (issuer === null) return encoded(root);
  const anew = sign('sha384', encoded(tbs), KeyObject.from(issuer.keys.privateKey));
  const parts = [tbs, algorithm, { ...signature, parts: Buffer.concat([Buffer.of(0), anew]) }];
  return encoded({ ...root, parts });
}
