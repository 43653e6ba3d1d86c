import { resolve } from 'node:path';
import type { ExportedFile } from '../../files/exported-file.ts';
import { exportNamed } from '../../exports/registry.ts';
import { openToRead } from '../open-to-read.ts';
import type { Store } from '../../store/store.ts';
import { printLine } from '../output.ts';
import { withRunProgress } from './run-progress.ts';
import { type RunSelection, selectRuns } from './select-runs.ts';
import { writeFile } from './write-file.ts';

export interface ExportRunsOptions extends RunSelection {
  readonly format: string;
  readonly all?: boolean;
  readonly points?: boolean;
  readonly output?: string;
}

/** Writes runs to a file, whose path is printed, or to standard output. @throws Problem */
export async function writeRuns(
  file: string,
  ids: readonly string[],
  options: ExportRunsOptions,
): Promise<void> {
  const store = openToRead(file);
  try {
    const { bytes } = await exported(store, selectRuns(store, ids, options), options);
    if (options.output === undefined) {
      process.stdout.write(bytes);
      return;
    }
    const path = resolve(options.output);
    writeFile(path, bytes);
    printLine(path);
  } finally {
    store.close();
  }
}

function exported(
  store: Store,
  runs: readonly string[],
  { format, all = false, points = false }: ExportRunsOptions,
): Promise<ExportedFile> {
  return withRunProgress('reading runs', runs.length, (onProgress) =>
    exportNamed(format).make(store, runs, { all, points, onProgress }),
  );
}
