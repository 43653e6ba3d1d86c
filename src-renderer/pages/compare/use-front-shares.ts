import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { CellValues } from '../../../src-shared/statistics/front-uncertainty.ts';

/** By cell the share of resamples in which it is on the front, worked out beside the page; null until it is known. */
export function useFrontShares(
  cells: () => readonly CellValues[],
): Readonly<Ref<ReadonlyMap<string, number> | null>> {
  const shares = shallowRef<ReadonlyMap<string, number> | null>(null);
  let worker: Worker | null = null;
  const end = (): void => worker?.terminate();

  watch(
    cells,
    (now) => {
      shares.value = null;
      // what is being worked out is of cells that are not shown any more
      end();
      worker = new Worker(new URL('./front-worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<ReadonlyMap<string, number>>) => {
        shares.value = data;
        end();
      };
      worker.onerror = ({ message }) => {
        throw new Error(`The front shares could not be computed: ${message}`);
      };
      worker.postMessage(now);
    },
    { immediate: true },
  );
  onScopeDispose(end);
  return shares;
}
