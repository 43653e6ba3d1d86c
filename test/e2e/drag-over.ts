import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Drags a file or folder of this machine over a place, as a file manager does. @returns what drops it there */
export async function dragOver(page: Page, place: Locator, path: string): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const box = await place.boundingBox();
  assert.ok(box);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at, data });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at, data });
  return async () => {
    await session.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
    await session.detach();
  };
}
