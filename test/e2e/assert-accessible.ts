import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The end of what changes colours gradually; what turns for ever is not waited for. */
const TRANSITIONS = `Promise.allSettled(document.getAnimations()
  .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
  .map((each) => each.finished))`;

/** Only rules about sound, film and orientation read style sheets and media beforehand, and a page has none of these. */
const OPTIONS: RunOptions = { resultTypes: ['violations'], preload: false };

/** What lies over the page: then this alone is examined, not again the page behind it. */
const OVER_ALL = '[role=dialog], [role=alertdialog], [role=menu]';

/** What axe finds wrong with the page as it is now must be nothing, in the light and in the dark theme. */
export async function assertAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(AXE);
  const place = (await page.locator(OVER_ALL).count()) > 0 ? OVER_ALL : 'html';
  await assertNothingFound(page, place, OPTIONS);
  // in the other theme only colours are others
  const isDark = await page.evaluate<boolean>("matchMedia('(prefers-color-scheme: dark)').matches");
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' });
  await page.evaluate(TRANSITIONS);
  await assertNothingFound(page, place, { ...OPTIONS, runOnly: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
}

async function assertNothingFound(page: Page, place: string, options: RunOptions): Promise<void> {
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(place)}, ${JSON.stringify(options)})`,
  );
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }));
  assert.deepEqual(found, []);
}
