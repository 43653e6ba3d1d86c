import { decimalSize } from '../../src-shared/numbers.ts';
import type { TaskProgress } from './tasks.ts';

/** How far something that is counted in bytes is; null for what cannot be known. */
export function bytesDone(
  done: number | null,
  total: number | null,
): Required<Pick<TaskProgress, 'share' | 'detail'>> {
  if (done === null || !total) return { share: null, detail: '' };
  return { share: Math.min(1, done / total), detail: `${decimalSize(done)} of ${decimalSize(total)}` };
}
