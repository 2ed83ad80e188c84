/** The parts of a `multipart/form-data` body as they were sent: what a part leaves out stays out, for the registry refuses just that. */

export interface Part {
  name: string;
  fileName: string | null;
  mediaType: string | null;
  bytes: Buffer;
}

const LINE = '\r\n';
const END_OF_HEADERS = Buffer.from(`${LINE}${LINE}`);

/** In the order they came; empty when the body is no multipart. */
export function partsOf(contentType: string, body: Buffer): Part[] {
  const [, quoted, bare] = contentType.match(/^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return [];
  const delimiter = Buffer.from(`${LINE}--${boundary}`);
  const whole = Buffer.concat([Buffer.from(LINE), body]); // the first delimiter has no line before it
  const parts: Part[] = [];
  let at = whole.indexOf(delimiter);
  while (at >= 0) {
    const from = at + delimiter.length;
    const next = whole.indexOf(delimiter, from);
    if (next < 0) break;
    const part = partOf(whole.subarray(from + LINE.length, next));
    if (part) parts.push(part);
    at = next;
  }
  return parts;
}

function partOf(bytes: Buffer): Part | null {
  const end = bytes.indexOf(END_OF_HEADERS);
  if (end < 0) return null;
  const headers = bytes.subarray(0, end).toString().split(LINE);
  const headerOf = (header: string) =>
    headers
      .find((line) => line.toLowerCase().startsWith(`${header}:`))
      ?.slice(header.length + 1)
      .trim();
  const disposition = headerOf('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (name === null) return null;
  const fileName = parameter(disposition, 'filename');
  return {
    name,
    fileName: fileName && plain(fileName),
    mediaType: headerOf('content-type')?.split(';')[0]?.trim().toLowerCase() || null,
    bytes: bytes.subarray(end + END_OF_HEADERS.length),
  };
}

/** Quoted, as browsers write it: a quote inside stands as `%22` or behind a backslash. */
function parameter(header: string, name: string): string | null {
  const found = header.match(new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i'))?.[1];
  return found === undefined ? null : found.replace(/\\(.)/g, '$1');
}

/** Names outside ISO-8859-1 are sent percent-encoded. */
function plain(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a percent sign that is only that
  }
}
