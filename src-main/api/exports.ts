import { posix } from 'node:path';
import type { ExportedFile as SentFile, exportRequests } from '../../src-shared/contract/api/files.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import type { ExportedFile } from '../exports/exported-file.ts';
import { exportOnnx } from '../exports/onnx/export-onnx.ts';
import { packFiles } from '../exports/pack-files.ts';
import { exportPointsCsv, exportRunsCsv, exportRunsJson } from '../exports/runs/export-runs.ts';
import { exportTensorBoard } from '../exports/tensorboard/export-tensorboard.ts';
import type { Store } from '../store/store.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** The requests for files to keep. */
export function exportHandlers({ store }: Pick<Host, 'store'>): HandlersOf<typeof exportRequests> {
  return {
    'exports.runs': ({ runs, format }) => {
      requireRuns(store(), runs);
      return toSend(exportRuns(store(), runs, format));
    },
    'exports.onnx': ({ run }) => toSend(exportOnnx(store(), run, { checkpoint: 'last', softmax: false })),
  };
}

function exportRuns(
  store: Store,
  runs: readonly string[],
  format: CheckedParametersOf<'exports.runs'>['format'],
): ExportedFile {
  switch (format) {
    case 'csv':
      return exportRunsCsv(store, runs, 'all');
    case 'json':
      return exportRunsJson(store, runs, { points: false });
    case 'points':
      return exportPointsCsv(store, runs);
    case 'tensorboard':
      return packFiles([...exportTensorBoard(store, runs)], 'tensorboard.zip');
  }
}

function requireRuns(store: Store, runs: readonly string[]): void {
  const known = new Set(store.runTable(runs).runs.map(({ id }) => id));
  const missing = runs.filter((run) => !known.has(run));
  if (missing.length === 0) return;
  const names = missing.slice(0, 5).join(', ');
  throw new Problem('not-found', `${missing.length} of the runs are not in the store (any more): ${names}.`);
}

function toSend({ fileName, mediaType, bytes }: ExportedFile): SentFile {
  return {
    fileName: posix.basename(fileName),
    mediaType,
    base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  };
}
