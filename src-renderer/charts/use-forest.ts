import { onScopeDispose } from 'vue';
import type { ForestImportance } from '../../src-shared/statistics/forest-importance.ts';
import type { ForestQuestion } from '../../src-shared/statistics/forest-question.ts';

type Answer = Promise<ForestImportance | null>;

/**
 * The importance of settings, worked out beside the page. Of one question at a time: what was asked before is not shown any more and
 * stays without an answer.
 */
export function useForest(): (question: ForestQuestion) => Answer {
  let worker: Worker | null = null;
  let known: { readonly key: string; readonly answer: Answer } | null = null;
  const end = (): void => worker?.terminate();
  onScopeDispose(end);

  function workOut(question: ForestQuestion): Answer {
    end();
    const own = new Worker(new URL('./forest-worker.ts', import.meta.url), { type: 'module' });
    worker = own;
    return new Promise((resolve, reject) => {
      own.onmessage = ({ data }: MessageEvent<ForestImportance | null>) => {
        resolve(data);
        own.terminate();
      };
      own.onerror = ({ message }) => reject(new Error(`The importance could not be computed: ${message}`));
      own.postMessage(question);
    });
  }

  return ({ points, values, factors }) => {
    const question = { points, values, factors };
    const key = JSON.stringify(question);
    if (known?.key !== key) known = { key, answer: workOut(question) };
    return known.answer;
  };
}
