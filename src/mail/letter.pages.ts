import { type Lang, words } from '../web/language.ts';
import type { Letter } from './letter.ts';

/** A letter as it is posted: the same words as text and as HTML. */
export function printed(lang: Lang, letter: Letter): { subject: string; text: string; html: string } {
  return { subject: letter.subject, text: textOf(lang, letter), html: htmlOf(lang, letter) };
}

function textOf(lang: Lang, letter: Letter): string {
  const w = words(lang, 'mail');
  const { code, button, unsubscribe } = letter;
  const facts = (letter.facts ?? []).map(({ label, value }) => `${label}: ${value}`);
  const parts = [
    w.greeting,
    ...letter.paragraphs,
    ...(code ? [`    ${code}`] : []),
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    ...(button ? [`${button.label}:\n${button.href}`] : []),
    w.closing,
    [
      '-- ',
      letter.why,
      w.automatic,
      w.careful,
      ...(unsubscribe ? [`${unsubscribe.label}: ${unsubscribe.href}`] : []),
    ].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

const FONT = "font-family:'Source Sans 3',system-ui,-apple-system,'Segoe UI',sans-serif";
const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4f91;color:#ffffff;font-weight:600;text-decoration:none';

/** Mail programs know no style sheets: the style stands in each element. */
function htmlOf(lang: Lang, letter: Letter): string {
  const w = words(lang, 'mail');
  const { code, button, unsubscribe, facts = [] } = letter;
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`;
  const fact = ({ label, value }: { label: string; value: string }) =>
    `<tr><td style="padding:2px 16px 2px 0;opacity:.75">${escaped(label)}</td><td style="padding:2px 0">${escaped(value)}</td></tr>`;
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(letter.subject)}</title></head>
<body style="margin:0;padding:24px 16px;${FONT};font-size:17px;line-height:1.5">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 24px;font-size:20px;font-weight:700">Interim@work</p>
${paragraph(w.greeting)}
${letter.paragraphs.map(paragraph).join('\n')}
${code ? `<p style="margin:0 0 16px;font-size:32px;font-weight:700;letter-spacing:6px">${escaped(code)}</p>` : ''}
${facts.length > 0 ? `<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${facts.map(fact).join('')}</table>` : ''}
${button ? `<p style="margin:8px 0 24px"><a href="${escaped(button.href)}" style="${BUTTON}">${escaped(button.label)}</a></p>` : ''}
${paragraph(w.closing)}
<div style="border-top:1px solid #8a94a3;padding-top:12px;margin-top:24px;font-size:14px;opacity:.85">
<p style="margin:0 0 6px">${escaped(letter.why)} ${escaped(w.automatic)} ${escaped(w.careful)}</p>
${unsubscribe ? `<p style="margin:0 0 6px"><a href="${escaped(unsubscribe.href)}">${escaped(unsubscribe.label)}</a></p>` : ''}
</div></div></body></html>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
