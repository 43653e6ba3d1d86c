import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { fillStore } from '../cli/filled-store.ts';
import { stepPoint } from './sample-study.ts';

/** The filled store of the command line's tests, opened to be read until the test ends. @param fill puts more into it before */
export function openedStore(
  context: TestContext,
  fill: (store: Store) => void,
): { readonly store: Store; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-store-'));
  const file = join(folder, 'store.sqlite');
  fillStore(file, null, [1, 2, 3, 4, 5].map(stepPoint));
  const filled = openStore(file, { purpose: 'schedule' });
  fill(filled);
  filled.close();
  const store = openStore(file, { purpose: 'read' });
  context.after(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { store, folder };
}
