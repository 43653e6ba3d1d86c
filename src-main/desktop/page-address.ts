/** Scheme and host of the page in the window. */
export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'kindling';
export const PAGE_ADDRESS = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** Whether a link of our page, as in a note, may be opened by the browser or mail program of the user. */
export function isOutsideAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:', 'mailto:'].includes(new URL(address).protocol);
}

/** Whether a frame at this address is our page: the same scheme and host, no port, no user. */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST && username === '' && password === '';
}
