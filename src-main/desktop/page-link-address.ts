/** Links that lead into Kindling, e.g. from a note or a paper: `kindling://studies/squeeze-ratio`. */
export const LINK_SCHEME = 'kindling';

/** A link longer than this is none that somebody copied from a page. */
const LONGEST = 4000;

/**
 * The address of the page that a link leads to, e.g. `/studies/squeeze-ratio`; null for any other text. A link shows a page and
 * does nothing else.
 */
export function addressOfLink(text: string): string | null {
  if (text.length > LONGEST || !text.startsWith(`${LINK_SCHEME}://`) || !URL.canParse(text)) return null;
  const { host, pathname, search, username, port } = new URL(text);
  if (username !== '' || port !== '') return null;
  const path = `/${host}${pathname}`.replace(/^\/+/, '/').replace(/\/+$/, '');
  return `${path || '/studies'}${search}`;
}

/** The first of these parameters that is such a link, as the address of its page; null where none is. */
export function findLink(parameters: readonly string[]): string | null {
  return parameters.map(addressOfLink).find((address) => address !== null) ?? null;
}
