import { parseFactorPath } from '../../../src-shared/studies/factor-path.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { plainName } from '../../files/plain-name.ts';
import type { Store } from '../../store/store.ts';
import type { ExportedFile } from '../../files/exported-file.ts';
import { encodeEvent } from '../../event-files/event-schema.ts';
import { frameRecord } from '../../event-files/frame-record.ts';
import { runEvents } from './run-events.ts';

/**
 * TensorBoard's event files, one folder for each run that has begun: `<study>/<factors, seed, id>/events.out.tfevents.…`.
 * One file at a time, since all together may be large. The same run has the same file name whenever it is exported.
 *
 * @param runs ids; those that are not in the store are left out
 */
export function* exportTensorBoard(store: Store, runs: readonly string[]): Generator<ExportedFile> {
  const { rows, cells } = indexRuns(store.runTable(runs));
  for (const [index, run] of rows.entries()) {
    // of an imported run it may be unknown when it began
    const began = run.startedAt ?? (run.importedFrom === null ? null : run.createdAt);
    if (began === null) continue;
    const startedAt = Date.parse(began);
    const source = {
      run,
      cell: cells[index] ?? null,
      provenance: store.provenance(run.id),
      series: store.series(run.id),
      histograms: store.histograms(run.id),
    };
    const records = runEvents(source, startedAt).map((event) => frameRecord(encodeEvent(event)));
    yield {
      fileName: `${plainName(run.study)}/${folderName(run)}/events.out.tfevents.${Math.floor(startedAt / 1000)}.kindling`,
      mediaType: 'application/octet-stream',
      bytes: Buffer.concat(records),
    };
  }
}

/** What TensorBoard calls the run, e.g. `sr=0.25,pct3x3=0.5,seed=0,k3f9a2qz`; fit for every file system. */
function folderName({ factors, seed, id }: RunRow): string {
  const values = Object.entries(factors).map(([path, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${parseFactorPath(path)?.field ?? path}=${text}`;
  });
  const said = [...values, `seed=${seed}`].join(',').replace(/[^\p{L}\p{N}._=,-]+/gu, '-');
  return `${said.slice(0, 150)},${id}`;
}
