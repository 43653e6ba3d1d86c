import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** The file that the page gives to the user when something is done. */
export async function downloaded(
  page: Page,
  what: () => Promise<void>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), what()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
