import { whole } from '../../../src-shared/numbers.ts';
import type { ExportProgress } from '../../exports/runs/export-runs.ts';
import { stepDisplay } from '../step-progress.ts';

/** Shows how many runs are done on standard error, where `work` has so many that it takes a while. */
export async function withRunProgress<T>(
  title: string,
  runs: number,
  work: (onProgress: ExportProgress) => T | Promise<T>,
): Promise<T> {
  if (runs < 100) return work(() => undefined);
  const display = stepDisplay(process.stderr);
  try {
    return await work((done, total) =>
      display.show({ title, done, total, note: `${whole(done)} of ${whole(total)} runs` }),
    );
  } finally {
    display.end();
  }
}
