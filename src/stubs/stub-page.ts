import type { ServerResponse } from 'node:http';

/** Pages of the demo's neighbours: small, no script, and so plainly not the portal that nobody mixes them up. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

export const STYLE = `:root{color-scheme:light dark;font:17px/1.5 system-ui,sans-serif}
body{max-width:46rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.5rem}a{color:LinkText}
.note{border:1px dashed GrayText;padding:.5rem .75rem}
ul{list-style:none;padding:0}li{border-top:1px solid GrayText;padding:.75rem 0}
.new{font-weight:700}.soft{opacity:.8}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid GrayText;padding:1rem;font:inherit}
button{font:inherit;padding:.5rem 1rem}
`;

/** A page in English, as the demo's neighbours speak. `body` is HTML whose values are escaped. */
export function stubPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>${escaped(title)}</h1>
<p class="note">Part of the demo: played by a stub, nothing here is real.</p>
${body}</main></body></html>`;
}

export function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  more: Record<string, string> = {},
): void {
  const csp = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': csp,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...more,
  });
  response.end(body);
}

export const HTML = 'text/html; charset=utf-8';
export const CSS = 'text/css; charset=utf-8';
export const JSON_TYPE = 'application/json';
