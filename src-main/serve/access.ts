import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may talk to a server. */
export interface Access {
  /** In the URL that is printed, and for `Authorization: Bearer`; 256 random bits, of this start only. */
  readonly token: string;
  isToken(text: string): boolean;
  /** Whether a request carries the session's cookie, or the token as bearer. */
  isAllowed(headers: IncomingHttpHeaders): boolean;
  /** The Set-Cookie header that a browser gets for the token. */
  sessionCookie(port: number): string;
}

/**
 * Makes token and session of one start. The cookie's value is another secret than the token, so that neither can be
 * had from the other. Its name holds the port because cookies are shared by all ports of a host: two servers must not
 * overwrite each other's.
 */
export function createAccess(): Access {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  return {
    token,
    isToken: (text) => isSame(text, token),
    isAllowed: ({ authorization, cookie }) => {
      const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      if (bearer !== undefined) return isSame(bearer, token);
      return sessionsIn(cookie ?? '').some((value) => isSame(value, session));
    },
    sessionCookie: (port) => `${COOKIE}-${port}=${session}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

const COOKIE = 'kindling';

/** The values of all cookies that a Kindling has set, whatever port it had. */
function sessionsIn(cookies: string): string[] {
  return cookies.split(';').flatMap((each) => {
    const [name = '', value = ''] = each.trim().split('=', 2);
    return name.startsWith(`${COOKIE}-`) ? [value] : [];
  });
}

/** In a time that does not depend on where they differ, nor on their lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
