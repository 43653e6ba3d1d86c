import type { Page } from 'playwright-core';

/**
 * Counts how often the mouse is pressed on a page from now on, also after a reload: what a job costs that is done by mouse.
 * @returns how to read it
 */
export async function countClicks(page: Page): Promise<() => number> {
  let count = 0;
  await page.exposeFunction('noteClick', () => {
    count++;
  });
  const listen = "addEventListener('pointerdown', () => noteClick(), true)";
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => count;
}
