import type { TestContext } from 'node:test';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import type { FigureSetting } from '../../../src-main/figures/render-figure.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { openedStore } from '../store/opened-store.ts';

/**
 * The filled store of the command line's tests, opened for figures until the test ends.
 *
 * @param fill puts more into it before
 */
export function figureSetting(
  context: TestContext,
  fill: (store: Store) => void = () => undefined,
): FigureSetting {
  const { store } = openedStore(context, fill);
  return {
    store,
    index: indexRuns(store.runTable()),
    datasetOf: () => ({ classes: ['cat', 'dog_&'], shape: [32, 32, 3] }),
    methods: METHODS,
  };
}
