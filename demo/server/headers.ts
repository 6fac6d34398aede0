/**
 * What a browser is told with every answer. The policy is the strict one that the elements promise to work under: no
 * inline script or style, no `eval`, and no HTML from strings but what lit makes of its own templates.
 */
export const securityHeaders = (socketSources: readonly string[]): Record<string, string> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Not every browser counts ws: of the same host as 'self'.
    ["connect-src 'self'", ...socketSources].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
});
