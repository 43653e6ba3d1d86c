import type { ExportedFile, exportRequests } from '../../src-shared/contract/api/files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { counted } from '../../src-shared/counted.ts';
import { exportInThread } from '../exports/export-in-thread.ts';
import type { ExportKind } from '../exports/export-kind.ts';
import { EXPORTS, exportNamed } from '../exports/registry.ts';
import { fileByTask } from './file-by-task.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type ExportHost = Pick<Host, 'store' | 'tasks'>;

/** The requests for files to keep. */
export function exportHandlers(host: ExportHost): HandlersOf<typeof exportRequests> {
  return {
    'exports.list': () => EXPORTS.map(({ name, title, of }) => ({ name, title, of })),
    'exports.make': ({ format, runs }) => exportByTask(host, exportNamed(format), runs),
  };
}

async function exportByTask(
  { store, tasks }: ExportHost,
  { name: format, title, of }: ExportKind,
  runs: readonly string[],
): Promise<ExportedFile> {
  if (of === 'one run' && runs.length > 1)
    throw new Problem('usage', `${title}: choose one run (${runs.length} were given).`);
  const { file: storeFile, artifactsRoot } = store();
  const what = runs.length === 1 ? runs[0] : counted(runs.length, 'run');
  return fileByTask(tasks, {
    title: `Export ${what}: ${title}`,
    subject: 'export',
    afterCancel: 'cancelled; there is no file.',
    cancelled: 'The export was cancelled.',
    make: ({ signal, report }) =>
      exportInThread({ storeFile, artifactsRoot, format, runs }, { signal, onProgress: report }),
  });
}
