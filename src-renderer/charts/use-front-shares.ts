import { onScopeDispose, type Ref, shallowRef } from 'vue';
import type { CellValues } from '../../src-shared/statistics/front-uncertainty.ts';

type Shares = ReadonlyMap<string, number>;

/**
 * By cell the share of resamples in which it is on the front, worked out beside the page: null until it is known, and
 * another function then. Of the cells that were asked for last.
 */
export function useFrontShares(): Readonly<Ref<(cells: readonly CellValues[]) => Shares | null>> {
  let worker: Worker | null = null;
  let asked = '';
  let shares: Shares | null = null;
  const end = (): void => worker?.terminate();
  const answering = () => (cells: readonly CellValues[]) => {
    const question = JSON.stringify(cells);
    if (question !== asked) workOut(cells);
    asked = question;
    return shares;
  };
  const answer = shallowRef(answering());

  function workOut(cells: readonly CellValues[]): void {
    shares = null;
    // what is being worked out is of cells that are not shown any more
    end();
    worker = new Worker(new URL('./front-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Shares>) => {
      shares = data;
      answer.value = answering();
      end();
    };
    worker.onerror = ({ message }) => {
      throw new Error(`The shares of the Pareto front could not be computed: ${message}`);
    };
    worker.postMessage(cells);
  }

  onScopeDispose(end);
  return answer;
}
