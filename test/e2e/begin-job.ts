import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { counted } from '../../src-shared/counted.ts';
import { fixed } from '../../src-shared/numbers.ts';

/**
 * Begins a job that is done by mouse: counts how often the mouse is pressed from now on, also after a reload.
 * @returns what ends it: prints what it took, and compares the clicks; seconds depend on the machine, so nothing compares them
 */
export async function beginJob(page: Page, job: string): Promise<(clicks: number, path: string) => void> {
  let count = 0;
  await page.exposeFunction('noteClick', () => {
    count++;
  });
  const listen = "addEventListener('pointerdown', () => noteClick(), true)";
  await page.addInitScript(listen);
  await page.evaluate(listen);
  const began = performance.now();
  return (clicks, path) => {
    const seconds = (performance.now() - began) / 1000;
    console.log(`job: ${job}: ${counted(count, 'click')}, ${fixed(seconds, 1)} s`);
    assert.equal(count, clicks, path);
  };
}
