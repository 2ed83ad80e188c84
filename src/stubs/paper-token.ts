import type { DemoToken } from './people.keys.ts';

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
section{border:1px solid;border-radius:12px;padding:1rem 1.25rem;margin-block:1.5rem}h2{margin:0}
ol{columns:4 7rem;padding-inline-start:2rem}li{font-family:ui-monospace,monospace}`;

/** A page that shows the paper tokens of the demo, which only their owners would have. It stands at the stub's own address: no portal can serve it. */
export function tokensPage(tokens: readonly DemoToken[]): string {
  const cards = tokens.map(
    ({ name, userName, password, codes }) =>
      `<section><h2>${name}</h2><p>User name <b>${userName}</b>, password <b>${password}</b></p><ol>${codes
        .map((code) => `<li>${code}</li>`)
        .join('')}</ol></section>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Paper tokens of the demo</title><style>${STYLE}</style></head><body><main><h1>Paper tokens of the demo</h1><p>These people are made up. Their first cards, as long as nobody replaced them:</p>${cards.join('')}</main></body></html>`;
}
