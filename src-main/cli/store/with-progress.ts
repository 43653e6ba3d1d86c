import { statSync } from 'node:fs';
import type { CopyOptions } from '../../store/copy-store.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { stepDisplay } from '../step-progress.ts';

/** Does the work on a copy of `file` with a bar, and lets Ctrl-C end it. @throws Interrupted */
export async function withProgress<T>(
  file: string,
  title: string,
  work: (options: CopyOptions) => Promise<T>,
): Promise<T> {
  const display = stepDisplay(process.stderr);
  try {
    return await interruptible((signal) =>
      work({
        signal,
        onProgress: (share) => {
          const total = statSync(file).size;
          display.show({ title: `${title} ${file}`, done: Math.round(share * total), total });
        },
      }),
    );
  } catch (error) {
    if (error instanceof Interrupted) throw new Interrupted('stopped; nothing has changed.');
    throw error;
  } finally {
    display.end();
  }
}
