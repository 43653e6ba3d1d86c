import { join } from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { plainName } from '../files/plain-name.ts';
import type { Store } from '../store/store.ts';
import type { SubjectSpecification } from './subject-specification.ts';

/**
 * What the analysing process is told of a run.
 * @param dataRoot folder of the prepared data sets
 * @throws Problem `not-found` for a run that is not there, `usage` for one that is not complete
 */
export function specifySubject(store: Store, id: string, dataRoot: string): SubjectSpecification {
  const run = store.run(id);
  if (run.state !== 'complete' || run.artifacts === null)
    throw new Problem('usage', `Run ${id} is ${run.state}: only a complete run can be analysed.`);
  const { dataset, definition } = store.study(run.study);
  const [cell] = store.runTable([id]).cells;
  if (cell === undefined) throw new Error(`the run ${id} has no cell`);
  return {
    run: id,
    seed: run.seed,
    recipe: cell.recipe,
    artifacts: run.artifacts,
    checkpoints: store.artifacts(id).map(({ kind, file, sha256 }) => ({ kind, file, sha256 })),
    dataset: join(dataRoot, plainName(dataset)),
    validationShare: definition.data.validationShare,
    trainingLimit: definition.data.trainingLimit,
  };
}
