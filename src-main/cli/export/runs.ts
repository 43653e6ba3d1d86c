import { resolve } from 'node:path';
import type { ExportedFile } from '../../exports/exported-file.ts';
import { exportPointsCsv, exportRunsCsv, exportRunsJson } from '../../exports/runs/export-runs.ts';
import { openToRead } from '../open-to-read.ts';
import type { Store } from '../../store/store.ts';
import { printLine } from '../output.ts';
import { withRunProgress } from './run-progress.ts';
import { type RunSelection, selectRuns } from './select-runs.ts';
import { writeFile } from './write-file.ts';

export interface ExportRunsOptions extends RunSelection {
  readonly format: 'csv' | 'json' | 'points';
  readonly all?: boolean;
  readonly points?: boolean;
  readonly output?: string;
}

/** Writes runs to a file, whose path is printed, or to standard output. @throws Problem */
export function writeRuns(file: string, ids: readonly string[], options: ExportRunsOptions): void {
  const store = openToRead(file);
  try {
    const { bytes } = exported(store, selectRuns(store, ids, options), options);
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

function exported(store: Store, runs: readonly string[], options: ExportRunsOptions): ExportedFile {
  const { format, all = false, points = false } = options;
  if (format === 'csv') return exportRunsCsv(store, runs, all ? 'all' : 'varying');
  return withRunProgress('reading runs', runs.length, (onProgress) =>
    format === 'json'
      ? exportRunsJson(store, runs, { points, onProgress })
      : exportPointsCsv(store, runs, onProgress),
  );
}
