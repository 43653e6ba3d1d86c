import { decimalSize } from '../../src-shared/numbers.ts';
import { posix } from 'node:path';
import type { ExportedFile as SentFile } from '../../src-shared/contract/api/files.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { typedCommand } from '../typed-command.ts';
import type { WorkControl } from '../work/answer-work.ts';
import type { ExportedFile } from './exported-file.ts';
import { exportOnnx } from './onnx/export-onnx.ts';
import { packFiles } from './pack-files.ts';
import { exportPointsCsv, exportRunsCsv, exportRunsJson, type ExportProgress } from './runs/export-runs.ts';
import { exportTensorBoard } from './tensorboard/export-tensorboard.ts';

/** A file that the page asks for. */
export type ExportRequest =
  | { readonly format: 'csv' | 'json' | 'points' | 'tensorboard'; readonly runs: readonly string[] }
  | { readonly format: 'onnx'; readonly run: string };

export interface ExportTask {
  readonly storeFile: string;
  readonly artifactsRoot: string;
  readonly request: ExportRequest;
}

export interface ExportStep {
  /** For people, e.g. `reading runs`. */
  readonly phase: string;
  /** Of the phase, from 0 to 1; null where it cannot be known. */
  readonly share: number | null;
}

/** Bytes of the largest file that is sent: a page holds it twice before it is saved. */
const LARGEST = 2 ** 30;

/**
 * Makes a file from what the store holds now, ready to be sent.
 * @throws Problem `not-found` for runs that are not there, `usage` for a file that is too large for a page, those of
 *   the store, and of `exportOnnx`
 */
export function makeExport(
  { storeFile, artifactsRoot, request }: ExportTask,
  { onProgress }: Pick<WorkControl<ExportStep>, 'onProgress'>,
): SentFile {
  const store = openStore(storeFile, { purpose: 'read', artifactsRoot });
  try {
    return toSend(exported(store, request, onProgress), storeFile);
  } finally {
    store.close();
  }
}

function exported(store: Store, request: ExportRequest, onStep: (step: ExportStep) => void): ExportedFile {
  if (request.format === 'onnx')
    return exportOnnx(store, request.run, { checkpoint: 'last', softmax: false });
  const { format, runs } = request;
  requireRuns(store, runs);
  const onProgress: ExportProgress = (done, total) => onStep({ phase: 'reading runs', share: done / total });
  switch (format) {
    case 'csv':
      return exportRunsCsv(store, runs, 'all');
    case 'json':
      return exportRunsJson(store, runs, { points: false, onProgress });
    case 'points':
      return exportPointsCsv(store, runs, onProgress);
    case 'tensorboard': {
      const files = [];
      for (const file of exportTensorBoard(store, runs)) onProgress(files.push(file), runs.length);
      onStep({ phase: 'packing files', share: null });
      return packFiles(files, 'tensorboard.zip');
    }
  }
}

function requireRuns(store: Store, runs: readonly string[]): void {
  const known = new Set(store.runTable(runs).runs.map(({ id }) => id));
  const missing = runs.filter((run) => !known.has(run));
  if (missing.length === 0) return;
  const names = missing.slice(0, 5).join(', ');
  throw new Problem('not-found', `${missing.length} of the runs are no longer in the store: ${names}.`);
}

function toSend({ fileName, mediaType, bytes }: ExportedFile, storeFile: string): SentFile {
  const name = posix.basename(fileName);
  if (bytes.length > LARGEST)
    throw new Problem(
      'usage',
      `${name} would be ${decimalSize(bytes.length)}, more than a page can take (${decimalSize(LARGEST)}): choose fewer runs, or run \`${typedCommand('export', storeFile)}\`.`,
    );
  return { fileName: name, mediaType, bytes: new Uint8Array(bytes) };
}
