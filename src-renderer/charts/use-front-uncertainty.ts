import { onScopeDispose, type Ref, shallowRef } from 'vue';
import type { CellValues, FrontUncertainty } from '../../src-shared/statistics/front-uncertainty.ts';
import type { HypervolumeReference } from '../../src-shared/statistics/hypervolume.ts';
import type { FrontQuestion } from './front-worker.ts';

type Answer = (
  cells: readonly CellValues[],
  reference: HypervolumeReference | null,
) => FrontUncertainty | null;

/**
 * How much fronts depend on the seeds, worked out beside the page: null until it is known, and another function then. Of the
 * cells that were asked for last.
 */
export function useFrontUncertainty(): Readonly<Ref<Answer>> {
  let worker: Worker | null = null;
  let asked = '';
  let known: FrontUncertainty | null = null;
  const end = (): void => worker?.terminate();
  const answering = (): Answer => (cells, reference) => {
    const question: FrontQuestion = { cells, reference };
    const key = JSON.stringify(question);
    if (key !== asked) workOut(question);
    asked = key;
    return known;
  };
  const answer = shallowRef(answering());

  function workOut(question: FrontQuestion): void {
    known = null;
    // what is being worked out is of cells that are not shown any more
    end();
    worker = new Worker(new URL('./front-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FrontUncertainty>) => {
      known = data;
      answer.value = answering();
      end();
    };
    worker.onerror = ({ message }) => {
      throw new Error(`The uncertainty of the Pareto front could not be computed: ${message}`);
    };
    worker.postMessage(question);
  }

  onScopeDispose(end);
  return answer;
}
