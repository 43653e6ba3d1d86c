import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type ExclusiveLock, takeLock } from '../../files/exclusive-lock.ts';
import type { EngineInstallation } from '../installations/installation.ts';
import type { InstallOptions } from '../installations/progress.ts';

/** Milliseconds between two looks at whether another has done measuring. */
const PAUSE = 250;

/** Two that measure at once would measure each other. @throws the reason of an abort */
export async function waitForMeasuring(
  { folder }: Pick<EngineInstallation, 'folder'>,
  { signal, onProgress }: InstallOptions,
): Promise<ExclusiveLock> {
  for (;;) {
    signal?.throwIfAborted();
    const lock = takeLock(join(folder, 'tuning.lock'));
    if (lock !== null) return lock;
    onProgress?.({
      ...{ stage: 'measure', done: null, total: null },
      detail: 'this machine in another Kindling',
    });
    await setTimeout(PAUSE);
  }
}
