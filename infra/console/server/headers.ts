// What every answer carries: nothing from elsewhere runs in a page, and no page lies within another.

export const safeHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Nothing goes to other sites. With `no-referrer` a form's Origin would be `null` even here, and could not be checked.
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};
