/**
 * What the page may load, in the browser and in the window. Styles in attributes and elements of the page are
 * allowed because charts (tooltips) and component libraries (scroll areas) make them; scripts and workers only as files
 * of the page itself. `'self'` covers the WebSocket of the same host and port.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
