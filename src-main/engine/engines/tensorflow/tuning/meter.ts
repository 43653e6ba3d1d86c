import type { InstallOptions } from '../../../installations/progress.ts';

/** Counts measurements and tells how far they are. */
export interface Meter {
  /** One more is done. */
  readonly count: () => void;
}

/** Measurements after which those that are left can be reckoned from them. */
const ENOUGH = 4;

export function meter(total: number, onProgress: InstallOptions['onProgress']): Meter {
  const began = performance.now();
  let done = 0;
  const tell = (): void => {
    const seconds = (performance.now() - began) / 1000;
    const secondsLeft = done < ENOUGH ? null : (seconds / done) * (total - done);
    onProgress?.({ stage: 'measure', detail: 'this machine', done, total, secondsLeft });
  };
  tell();
  return {
    count: () => {
      done++;
      tell();
    },
  };
}
