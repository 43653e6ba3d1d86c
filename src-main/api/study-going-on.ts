import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import { requireTrained } from '../../src-shared/studies/imported-study.ts';
import { plannedGoingOn } from '../artifacts/planned-runs.ts';
import type { Host } from './host.ts';

/**
 * Which runs a start of a study would have go on, and why others do not, in sentences.
 * @throws Problem of the text and its data, of the executor and its settings; `not-found` for a study that there is not
 */
export async function studyGoingOn(
  { store, environment }: Pick<Host, 'store' | 'environment'>,
  { study, text, goOn: how, retryDiverged, executor, settings }: CheckedParametersOf<'studies.goingOn'>,
): Promise<string[]> {
  const known = text ?? stored(store().study(study));
  const checked = await environment.checkStudy(known, `The study "${study}"`);
  const { definition, cells, dataHash } = checked;
  const computedBy = await environment.expectedToCompute(checked, { executor, settings });
  return plannedGoingOn(store(), cells, { definition, dataHash, how, computedBy }, retryDiverged);
}

function stored({ definition, text }: ReturnType<ReturnType<Host['store']>['study']>): string {
  requireTrained(definition);
  return text;
}
