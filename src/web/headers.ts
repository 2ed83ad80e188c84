import type { Hall } from './hall.ts';

/** Headers of every answer, made once. */
export function securityHeaders(hall: Pick<Hall, 'cardOrigin' | 'leavesTo' | 'publicUrl'>): Record<string, string> {
  const own = hall.cardOrigin ? `'self' ${hall.cardOrigin}` : "'self'";
  const policy = [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    `connect-src ${own}`,
    "img-src 'self'",
    "font-src 'self'",
    hall.leavesTo ? `form-action 'self' ${hall.leavesTo}` : "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(hall.publicUrl.startsWith('https:')
      ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
      : {}),
  };
}
