import { onScopeDispose } from 'vue';
import type { ForestImportance } from '../../src-shared/statistics/forest-importance.ts';
import type { ForestQuestion } from '../../src-shared/statistics/forest-question.ts';

/** The importance of factors, worked out beside the page. A new question ends the work on the one before, which nobody waits for any more. */
export function useForest(): (question: ForestQuestion) => Promise<ForestImportance | null> {
  let worker: Worker | null = null;
  const end = (): void => worker?.terminate();
  onScopeDispose(end);
  return ({ points, values, factors }) => {
    end();
    const own = new Worker(new URL('./forest-worker.ts', import.meta.url), { type: 'module' });
    worker = own;
    return new Promise((resolve, reject) => {
      own.onmessage = ({ data }: MessageEvent<ForestImportance | null>) => {
        resolve(data);
        own.terminate();
      };
      own.onerror = ({ message }) => reject(new Error(`The forest could not be grown: ${message}`));
      const question: ForestQuestion = { points, values, factors };
      own.postMessage(question);
    });
  };
}
