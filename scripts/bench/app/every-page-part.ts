import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bigStore, MANY_STUDIES } from '../shared/big-store.ts';
import { spread } from '../shared/spread.ts';
import { browserPart } from './browser-part.ts';
import { longestWork, TRACED } from './longest-work.ts';
import type { BenchPart, Measurement } from './measurement.ts';

const WATCH = readFileSync(path.join(import.meta.dirname, 'watch-page.js'), 'utf8');
const SIZE = { width: 1280, height: 800 };
/** First content and the longest block after it, in milliseconds, also of CPU time. */
const LIMITS = { content: 1000, block: 100 };

/** Every page of the application by its title, with what the store has. */
function pages(study: string, run: string): Pages {
  return new Map([
    ['Studies', '/studies'],
    ['Study of 1,000 runs', `/studies/${study}`],
    ['New study', '/new'],
    ['Runs', '/runs'],
    ['Run', `/runs/${run}`],
    ['Compare a study', `/compare?study=${study}`],
    ['Layers', '/layers'],
    ['Layers of a study', `/layers?study=${study}`],
    ['Network', `/network?run=${run}`],
    ['Layer', `/network/layer?run=${run}&layer=fire2%2Fsqueeze`],
    ['Figures', `/figures?study=${study}`],
    ['Settings', '/settings'],
  ]);
}

/**
 * Of every page, and of the list of 300 studies, loaded anew: the time to its first content, and the longest time for which it does not
 * answer after that, while it is scrolled from its head to its end; of that the CPU time, too, which other work on the machine hardly lengthens.
 */
export const everyPagePart: BenchPart = async (on) => {
  const ofRuns = await browserPart(measure(({ study, run }) => pages(study, run)))(on);
  const file = path.join(on.home, 'many-studies.sqlite');
  copyFileSync(
    bigStore(MANY_STUDIES, () => undefined),
    file,
  );
  const list = measure(() => new Map([[`${MANY_STUDIES.studies} studies`, '/studies']]));
  return [...ofRuns, ...(await browserPart(list)({ ...on, file }))];
};

type Pages = ReadonlyMap<string, string>;

function measure(pagesOf: (some: { readonly study: string; readonly run: string }) => Pages) {
  return async (browser: Browser, url: string, rounds: number): Promise<Measurement[]> => {
    const context = await browser.newContext({ viewport: SIZE });
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    await page.goto(url);
    const measurements = await measurePages(
      browser,
      page,
      new URL(url).origin,
      pagesOf(await someRun(page)),
      rounds,
    );
    await context.close();
    return measurements;
  };
}

async function measurePages(
  browser: Browser,
  page: Page,
  origin: string,
  of: Pages,
  rounds: number,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [title, address] of of) {
    const contents: number[] = [];
    const blocks: number[] = [];
    const works: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const { content, block, work } = await open(browser, page, `${origin}/#${address}`);
      contents.push(content);
      blocks.push(block);
      works.push(work);
    }
    // the first round warms the server up
    measurements.push(
      {
        name: `${title}: first content`,
        unit: 'ms',
        spread: spread(contents.slice(1)),
        limit: LIMITS.content,
      },
      { name: `${title}: longest block`, unit: 'ms', spread: spread(blocks.slice(1)), limit: LIMITS.block },
      { name: `${title}: most CPU at once`, unit: 'ms', spread: spread(works.slice(1)), limit: LIMITS.block },
    );
  }
  return measurements;
}

interface Opened {
  readonly content: number;
  readonly block: number;
  readonly work: number;
}

async function open(browser: Browser, page: Page, address: string): Promise<Opened> {
  await page.goto('about:blank');
  await browser.startTracing(page, { categories: TRACED });
  await page.goto(address, { waitUntil: 'commit' });
  const seen = await page.evaluate<{ content: number; block: number }>('watchPage()');
  return { ...seen, work: longestWork(await browser.stopTracing()) };
}

/** The first complete run of the store. */
async function someRun(page: Page): Promise<{ study: string; run: string }> {
  return page.evaluate<{ study: string; run: string }>(`(async () => {
    const ask = async (name, body) => (await (await fetch('api/' + name, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    })).json()).result;
    const { runs: [run] } = await ask('runs.query', { filter: 'state:complete', sort: [], offset: 0, limit: 1 });
    const { row } = await ask('runs.get', { run });
    return { study: row.study, run };
  })()`);
}
