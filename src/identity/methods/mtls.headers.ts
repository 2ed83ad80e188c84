import { readCertificates } from './web-eid.anchors.ts';
import { type Certificate, readCertificate } from './web-eid.certificate.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The header in which the proxy proves that it is ours: the value of `MTLS_SECRET`. */
export const SECRET_HEADER = 'x-mtls-secret';
/** nginx: what became of the handshake, and the certificate as URL-escaped PEM. */
const VERIFY = 'x-ssl-client-verify';
const ESCAPED_PEM = 'x-ssl-client-cert';
/** RFC 9440: the certificate as a byte sequence of structured fields; there only when the handshake was good. */
const CLIENT_CERT = 'client-cert';

export type HeaderFault = 'mtlsNoCertificate' | 'mtlsNotVerified' | 'mtlsHeaders';

/**
 * The certificate that a proxy tells of, in either of both forms. Whoever wrote the headers must be known to be the proxy already. Both forms
 * at once, a repeated header, or anything but exactly one certificate is no certificate.
 */
export function certificateIn(headers: Headers): Certificate | { fault: HeaderFault } {
  const [verify, pem, clientCert] = [headers[VERIFY], headers[ESCAPED_PEM], headers[CLIENT_CERT]];
  if (pem === undefined && clientCert === undefined) return { fault: 'mtlsNoCertificate' };
  if (pem !== undefined && clientCert !== undefined) return { fault: 'mtlsHeaders' };
  if (verify !== 'SUCCESS' && !(verify === undefined && pem === undefined)) return { fault: 'mtlsNotVerified' };
  const certificate = pem === undefined ? fromByteSequence(clientCert) : fromEscapedPem(pem);
  return certificate ?? { fault: 'mtlsHeaders' };
}

function fromEscapedPem(value: unknown): Certificate | null {
  const text = typeof value === 'string' ? unescaped(value) : null;
  if (text === null || !/^-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/.test(text))
    return null;
  const [certificate = null, ...others] = readCertificates(Buffer.from(text)) ?? [];
  return others.length === 0 ? certificate : null;
}

function unescaped(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    // a percent sign that escapes nothing: then this was not written by the proxy's own escaping
    return null;
  }
}

function fromByteSequence(value: unknown): Certificate | null {
  const [, base64] = typeof value === 'string' ? (/^:([A-Za-z0-9+/]+={0,2}):$/.exec(value.trim()) ?? []) : [];
  return base64 === undefined ? null : readCertificate(Buffer.from(base64, 'base64'));
}
