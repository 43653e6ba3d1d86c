import { decimalSize } from '../../../src-shared/decimal-size.ts';
import { backUpStore } from '../../store/backup-store.ts';
import { printJson, printLine } from '../output.ts';
import type { StoreOptions } from '../store.ts';
import { withProgress } from './with-progress.ts';

/** Backs the store up and says where. @throws Problem, Interrupted */
export async function backUp(
  storeFile: string,
  destination: string | undefined,
  options: StoreOptions,
): Promise<void> {
  const backup = await withProgress(storeFile, 'copying', (progress) =>
    backUpStore(storeFile, { ...progress, ...(destination === undefined ? {} : { destination }) }),
  );
  if (options.json) printJson(backup);
  else printLine(`${backup.file} (${decimalSize(backup.bytes)}), checked.`);
}
