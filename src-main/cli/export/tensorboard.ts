import { join, resolve } from 'node:path';
import { counted } from '../../../src-shared/counted.ts';
import { exportTensorBoard } from '../../exports/tensorboard/export-tensorboard.ts';
import { openToRead } from '../open-to-read.ts';
import { printLine } from '../output.ts';
import { withRunProgress } from './run-progress.ts';
import { type RunSelection, selectRuns } from './select-runs.ts';
import { writeFile } from './write-file.ts';

export interface ExportTensorBoardOptions extends RunSelection {
  readonly output: string;
}

/** Writes event files and says how many. @throws Problem */
export async function writeTensorBoard(
  file: string,
  ids: readonly string[],
  options: ExportTensorBoardOptions,
): Promise<void> {
  const folder = resolve(options.output);
  const store = openToRead(file);
  try {
    const runs = selectRuns(store, ids, options);
    let written = 0;
    await withRunProgress('writing event files', runs.length, (onProgress) => {
      for (const { fileName, bytes } of exportTensorBoard(store, runs)) {
        writeFile(join(folder, ...fileName.split('/')), bytes);
        onProgress(++written, runs.length);
      }
    });
    printLine(`${counted(written, 'run')} in ${folder}; to see them: tensorboard --logdir ${folder}`);
  } finally {
    store.close();
  }
}
