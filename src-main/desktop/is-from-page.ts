import type { WebFrameMain } from 'electron';
import { isPageAddress } from './page-address.ts';

/** Whether a message comes from the page itself: from no frame within it, and from none that has navigated away since. */
export function isFromPage(senderFrame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url);
}
