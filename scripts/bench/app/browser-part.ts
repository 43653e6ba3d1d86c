import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../ensure-browser.ts';
import type { BenchPart, Measurement } from './measurement.ts';
import { serveStore } from './serve-store.ts';

/** A part of what the user sees: the page in Chromium through `kindling serve`. Nothing is measured where there is no Chromium. */
export function browserPart(
  measure: (browser: Browser, url: string, rounds: number) => Promise<Measurement[]>,
): BenchPart {
  return async ({ file, home, rounds }) => {
    const executablePath = findBrowser();
    if (executablePath === null) {
      console.error('No Chromium was found: the page is not measured.');
      return [];
    }
    const server = await serveStore(file, home);
    const browser = await chromium.launch({ executablePath });
    try {
      return await measure(browser, server.url, rounds);
    } finally {
      await browser.close();
      await server.stop();
    }
  };
}
