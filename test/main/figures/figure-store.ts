import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import type { FigureSetting } from '../../../src-main/figures/render-figure.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { fillStore } from '../cli/filled-store.ts';
import { stepPoint } from '../store/sample-study.ts';

/**
 * The filled store of the command line's tests, opened for figures until the test ends.
 *
 * @param fill puts more into it before
 */
export function figureSetting(
  context: TestContext,
  fill: (store: Store) => void = () => undefined,
): FigureSetting {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-figures-'));
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
  return {
    store,
    index: indexRuns(store.runTable()),
    datasetOf: () => ({ classes: ['cat', 'dog_&'], shape: [32, 32, 3] }),
    methods: METHODS,
  };
}
