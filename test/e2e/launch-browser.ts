import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/ensure-browser.ts';
import { PATIENCE } from './eventually.ts';

const browserFile = findBrowser();
/** Why page tests are skipped here; false where they run. */
export const SKIP = browserFile === null && 'no Chromium was found; KINDLING_CHROMIUM names one';

/**
 * What Chromium's own window does and no page sees. Its address bar would load two pages of its own for each window, 40 % of
 * the browser's time here, and the process that it starts for a next page is mostly not needed. Chromium takes the last such
 * list only, so what Playwright turns off and could matter is repeated.
 */
const UNUSED_FEATURES =
  'WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,PreconnectToSearch,OptimizationHints,NetworkTimeServiceQuerying,' +
  'MediaRouter,LensOverlay,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,PaintHolding,DestroyProfileOnBrowserClose,' +
  'AvoidUnnecessaryBeforeUnloadCheckSync,SpareRendererForSitePerProcess';

/** For all pages of a server in a context. */
const ONE_PROCESS = '--process-per-site';

/** Chromium without a window. @throws where there is none: see SKIP */
export async function launchBrowser(): Promise<Browser> {
  if (browserFile === null) throw new Error(String(SKIP));
  return chromium.launch({
    executablePath: browserFile,
    // in a container everybody is root, where Chromium's sandbox does not work
    chromiumSandbox: process.getuid?.() !== 0,
    args: [`--disable-features=${UNUSED_FEATURES}`, ONE_PROCESS],
    timeout: PATIENCE,
  });
}
