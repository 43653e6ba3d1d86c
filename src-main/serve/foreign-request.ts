import type { IncomingHttpHeaders } from 'node:http';

/** Names of this machine for itself; any port, because SSH forwards another one. */
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Why a request is not one of the page's own or of a script on this machine, or null where it is.
 *
 * - A Host that is no loopback name: another site's name that was made to point here (DNS rebinding).
 * - An Origin other than the Host's: another page, as in a forged request or a WebSocket, which no browser keeps apart.
 * - Sec-Fetch-Site other than `same-origin` and `none` (typed in): another page again, where no Origin is sent.
 */
export function foreignRequest(headers: IncomingHttpHeaders): string | null {
  const { host, origin } = headers;
  if (host === undefined || !LOOPBACK.test(host)) {
    return `the host ${host ?? '(none)'} is not served; open http://127.0.0.1 or http://localhost.`;
  }
  if (origin !== undefined && !isOriginOf(origin, host)) {
    return `pages of ${origin} may not use this program.`;
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return 'another page may not open this one; type or paste the address.';
  }
  return null;
}

function isOriginOf(origin: string, host: string): boolean {
  const wanted = host.toLowerCase();
  return origin === `http://${wanted}` || origin === `https://${wanted}`;
}
