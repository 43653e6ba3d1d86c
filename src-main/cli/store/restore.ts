import { restoreStore } from '../../store/restore-store.ts';
import { printJson, printLine } from '../output.ts';
import type { StoreOptions } from '../store.ts';
import { describeCheck, sayDifferences } from './check.ts';
import { withProgress } from './with-progress.ts';

/** Restores a backup and says what the store now holds. @throws Problem, Interrupted */
export async function restore(storeFile: string, backup: string, options: StoreOptions): Promise<void> {
  const restored = await withProgress(backup, 'restoring', (progress) =>
    restoreStore(storeFile, backup, progress),
  );
  sayDifferences(restored.check);
  if (options.json) {
    printJson(restored);
    return;
  }
  printLine(`restored: ${describeCheck(restored.check)}`);
  if (restored.kept !== null) printLine(`The store that was there before is kept as ${restored.kept}`);
}
