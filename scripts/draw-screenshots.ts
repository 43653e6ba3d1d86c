/**
 * `node scripts/draw-screenshots.ts STUDY [PAGE …]`: takes the pictures of docs/pictures/pages, every page or those named
 * (`compare`), in light and dark, from the store of KINDLING_HOME, which must hold a study of that name with complete runs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { createApplication } from '../src-main/api/application.ts';
import type { RunRow } from '../src-shared/runs/run-row.ts';
import { kindlingHome } from '../src-main/home.ts';
import { startServer } from '../src-main/serve/start-server.ts';
import { ensurePage } from './build-page.ts';
import { findBrowser } from './ensure-browser.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'docs', 'pictures', 'pages');
const SIZE = { width: 1280, height: 800 };
/** Milliseconds without a request until a page is taken to be drawn. */
const QUIET = 1500;

const [study, ...named] = process.argv.slice(2);
const executablePath = findBrowser();
if (study === undefined) throw new Error('which study? node scripts/draw-screenshots.ts STUDY');
if (executablePath === null) throw new Error('no Chromium was found; KINDLING_CHROMIUM names one');

const application = createApplication({ home: kindlingHome() });
const server = await startServer({ application, page: await ensurePage(), port: 0 });
const browser = await chromium.launch({ executablePath });
try {
  mkdirSync(FOLDER, { recursive: true });
  const run = await someRun(study);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, address] of addresses(study, run.id, run.dataset)) {
      if (named.length > 0 && !named.includes(name)) continue;
      await draw(browser, `${name}-${colorScheme}`, address, colorScheme);
    }
  }
} finally {
  await browser.close();
  await server.close();
  await application.close();
}

function addresses(name: string, run: string, dataset: string): [name: string, address: string][] {
  const draft = {
    source: { kind: 'study', study: name },
    chart: { kind: 'heat map', metric: 'testAccuracy', x: 'network.sr', y: 'network.pct3x3' },
  };
  return [
    ['studies', '/studies'],
    ['study', `/studies/${name}`],
    ['new-study', `/new?from=${name}`],
    ['runs', `/runs?filter=study:${name}`],
    ['run', `/runs/${run}`],
    ['compare', `/compare?study=${name}`],
    ['network', `/network?run=${run}`],
    ['layer', `/network/layer?run=${run}&layer=fire5/squeeze`],
    ['layers', `/layers?study=${name}&question=information`],
    ['figures', `/figures?draft=${encodeURIComponent(JSON.stringify(draft))}`],
    ['dataset', `/datasets/${dataset}`],
    ['settings', '/settings'],
  ];
}

async function someRun(name: string): Promise<RunRow> {
  const { runs } = await application.request('runs.table', {});
  const run = runs.findLast((row) => row.study === name && row.state === 'complete');
  if (!run) throw new Error(`the study ${name} has no complete run`);
  return run;
}

async function draw(
  from: Browser,
  name: string,
  address: string,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const page = await from.newPage({ viewport: SIZE, colorScheme });
  try {
    await page.goto(`${server.url}#${address}`);
    await settle(page);
    const picture = await page.screenshot();
    // few colours: a palette halves the file and nobody sees it
    const small = await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toBuffer();
    writeFileSync(path.join(FOLDER, `${name}.png`), small);
    console.log(`${name}.png: ${Math.round(small.length / 1000)} kB`);
  } finally {
    await page.close();
  }
}

/** Waits until nothing is asked for any more, no task goes on and the charts and figures are drawn. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByRole('navigation').getByRole('progressbar').first().waitFor({ state: 'detached' });
  await page.getByText('Drawing …').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(QUIET);
}
