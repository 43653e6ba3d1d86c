import { posix } from 'node:path';
import type { ExportedFile as SentFile } from '../../src-shared/contract/api/files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { typedCommand } from '../typed-command.ts';
import type { WorkControl } from '../work/answer-work.ts';
import type { ExportedFile } from '../files/exported-file.ts';
import { exportNamed } from './registry.ts';

export interface ExportTask {
  readonly storeFile: string;
  readonly artifactsRoot: string;
  /** Name of an `ExportKind`. */
  readonly format: string;
  readonly runs: readonly string[];
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
 *   the store, and of the kind
 */
export async function makeExport(
  { storeFile, artifactsRoot, format, runs }: ExportTask,
  { onProgress: onStep }: Pick<WorkControl<ExportStep>, 'onProgress'>,
): Promise<SentFile> {
  const kind = exportNamed(format);
  const store = openStore(storeFile, { purpose: 'read', artifactsRoot });
  try {
    requireRuns(store, runs);
    const onProgress = (done: number, total: number): void =>
      onStep(
        done < total
          ? { phase: 'reading runs', share: done / total }
          : { phase: 'finishing the file', share: null },
      );
    const file = await kind.make(store, runs, { all: true, points: false, onProgress });
    return toSend(file, storeFile);
  } finally {
    store.close();
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
    // a command has no such limit, and a page no other way
    throw new Problem(
      'usage',
      `${name} would be ${decimalSize(bytes.length)}, more than a page can take (${decimalSize(LARGEST)}): choose fewer runs, or run \`${typedCommand('export', storeFile)}\` in a terminal.`,
    );
  return { fileName: name, mediaType, bytes: new Uint8Array(bytes) };
}
