import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { spread } from '../shared/spread.ts';
import { browserPart } from './browser-part.ts';
import type { Measurement } from './measurement.ts';

const IN_PAGE = readFileSync(path.join(import.meta.dirname, 'in-page.js'), 'utf8');
const SIZE = { width: 1280, height: 800 };
const CURVES = 500;
const SCROLL_MS = 3000;
/** A frame that took longer than this at 60 Hz was preceded by one that was dropped. */
const LATE_MS = 25;

/** The table of runs, and curves on Compare. */
export const pagePart = browserPart(measure);

async function measure(browser: Browser, url: string, rounds: number): Promise<Measurement[]> {
  const opened: number[] = [];
  const filtered: number[] = [];
  const drawn: number[] = [];
  const late: number[] = [];
  let memory = 0;
  for (let round = 0; round <= rounds; round++) {
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(url);
    opened.push(await openTable(page, url));
    filtered.push(await inPage(page, `filterTable('sr<=0.25 accuracy>20%')`));
    late.push(await inPage(page, `scrollTable(${SCROLL_MS}, ${LATE_MS})`));
    drawn.push(await drawCurves(page));
    memory = Math.max(memory, await rendererMegabytes(browser));
    await page.close();
  }
  const timed = (name: string, values: readonly number[], limit: number | null): Measurement => ({
    name,
    unit: 'ms',
    // the first round warms the server up
    spread: spread(values.slice(1)),
    limit,
  });
  return [
    timed('page: open until rows show', opened, 1000),
    timed('page: a filter typed until its rows show', filtered, null),
    timed(`page: loss of ${CURVES} runs until drawn`, drawn, 200),
    { name: 'page: late frames while scrolling', unit: '%', spread: spread(late.slice(1)), limit: 1 },
    { name: 'page: memory of the renderer', unit: 'MB', spread: spread([memory]), limit: 500 },
  ];
}

/** Milliseconds from the navigation until the first run can be read. */
async function openTable(page: Page, url: string): Promise<number> {
  await page.goto('about:blank');
  const began = performance.now();
  await page.goto(`${new URL(url).origin}/#/runs`, { waitUntil: 'commit' });
  await page.locator('[role=grid] [aria-rowindex="2"]').waitFor();
  return performance.now() - began;
}

/** Milliseconds from the choice of a metric until its curves, one line a run, are on the screen. */
async function drawCurves(page: Page): Promise<number> {
  await inPage(page, `selectRuns(${CURVES})`);
  await page.goto(page.url().replace(/#.*/, '#/compare'));
  await page.reload();
  const section = page.locator('section.panel', {
    has: page.getByRole('heading', { name: 'Curves', exact: true }),
  });
  await section.evaluate((element: { scrollIntoView(): void }) => element.scrollIntoView());
  await section.getByLabel('Cells').selectOption('Infinity');
  await section.getByLabel('Mean of each cell').uncheck();
  await page.locator(`[data-drawings][aria-label*="${CURVES} lines"]`).waitFor();
  return inPage(page, `drawCurves('loss', 'step loss')`);
}

/** Calls a function of in-page.js. */
async function inPage(page: Page, call: string): Promise<number> {
  await page.evaluate(IN_PAGE);
  return page.evaluate<number>(`bench.${call}`);
}

/** The largest renderer's memory; of what it has in common with other processes, as its code, it gets its share. */
async function rendererMegabytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => proportionalBytes(id));
  return Math.max(...sizes) / 1e6;
}

/** Linux only. */
function proportionalBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return 1024 * Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? NaN);
}
