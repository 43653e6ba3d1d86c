import type { BrowserContext } from 'playwright-core';

/** A context for one test after the other. */
export interface SharedContext {
  readonly context: BrowserContext;
  /** Closes the pages of a test, and leaves nothing that the next could find. */
  forget(): Promise<void>;
}

/**
 * Has the pages of one test after the other run in one process (see ONE_PROCESS in launch-browser.ts), which a page without a
 * program keeps: a fourth of the time of a first load is that of a new one.
 * @param address of the server
 */
export async function shareContext(context: BrowserContext, address: string): Promise<SharedContext> {
  const { origin } = new URL(address);
  const keeper = await context.newPage();
  await keeper.goto(`${origin}/nothing`);
  const session = await context.newCDPSession(keeper);
  return {
    context,
    async forget() {
      await Promise.all(context.pages().flatMap((page) => (page === keeper ? [] : page.close())));
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    },
  };
}
