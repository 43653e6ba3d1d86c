import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../scripts/ensure-browser.ts';
import { html } from '../../../src-main/reports/formats/html/index.ts';
import { makeReport } from '../../../src-main/reports/make-report.ts';
import { addHostileStudy, reportSetting } from './report-store.ts';

const browserFile = findBrowser();
const skip = browserFile === null && 'no Chromium was found; KINDLING_CHROMIUM names one';

test(
  'a report opens in Chromium without a request to anywhere, in both themes, with its program and without',
  { skip },
  async (t) => {
    const setting = reportSetting(t, (store) => addHostileStudy(store));
    const browser = await chromium.launch({ executablePath: browserFile ?? '' });
    t.after(() => browser.close());
    for (const name of ['two-by-two', 'hostile']) {
      const report = await makeReport(setting, name);
      const { file, beside } = await html.write(report, name);
      assert.deepEqual(beside, []);
      const place = join(setting.folder, file.fileName);
      writeFileSync(place, file.bytes);
      for (const [colorScheme, javaScriptEnabled] of [
        ['light', true],
        ['dark', true],
        ['light', false],
      ] as const) {
        const context = await browser.newContext({ colorScheme, javaScriptEnabled });
        const page = await context.newPage();
        const heard: string[] = [];
        page.on('request', (request) => heard.push(request.url()));
        page.on('console', (message) => heard.push(message.text()));
        page.on('pageerror', (error) => heard.push(error.message));
        const address = pathToFileURL(place).href;
        await page.goto(address);
        const figures = report.sections.flatMap(({ blocks }) =>
          blocks.filter(({ kind }) => kind === 'figure'),
        );
        assert.equal(await page.locator(`.plot svg:visible`).count(), figures.length);
        assert.equal(await page.locator(`.${colorScheme} svg:visible`).count(), figures.length);
        assert.equal(await page.locator('h2').count(), report.sections.length);
        // nothing that a person chose became an element
        assert.equal(await page.locator('b, img, main script, section section').count(), 0);
        for (const link of await page.locator('main a').all())
          assert.match((await link.getAttribute('href')) ?? '', /^(https?|mailto|data:text\/csv)/);
        assert.equal((await page.locator('main').getByText('Engine').count()) > 0, name === 'two-by-two');
        if (javaScriptEnabled) {
          await page.locator('.plot').first().press('ArrowRight');
          assert.match((await page.locator('#tip:visible').textContent()) ?? '', /\d/);
        }
        await context.close();
        assert.deepEqual(heard, [address]);
      }
    }
  },
);
