import { decimalSize } from '../../src-shared/numbers.ts';
import type { ExportedFile, exportRequests } from '../../src-shared/contract/api/files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { counted } from '../../src-shared/counted.ts';
import { exportInThread } from '../exports/export-in-thread.ts';
import type { ExportKind } from '../exports/export-kind.ts';
import { EXPORTS, exportNamed } from '../exports/registry.ts';
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

/** Answered when a task, which shows how far it is and can be cancelled, has made the file. */
async function exportByTask(
  { store, tasks }: ExportHost,
  { name: format, title, of }: ExportKind,
  runs: readonly string[],
): Promise<ExportedFile> {
  if (of === 'one run' && runs.length > 1)
    throw new Problem('usage', `${title}: choose one run (${runs.length} were given).`);
  const { file: storeFile, artifactsRoot } = store();
  const { promise, resolve, reject } = Promise.withResolvers<ExportedFile>();
  const what = runs.length === 1 ? runs[0] : counted(runs.length, 'run');
  tasks.start({
    title: `Export ${what}: ${title}`,
    subject: 'export',
    afterCancel: 'cancelled; there is no file.',
    work: async ({ signal, report }) => {
      try {
        const file = await exportInThread(
          { storeFile, artifactsRoot, format, runs },
          { signal, onProgress: report },
        );
        resolve(file);
        return { message: `${file.fileName}, ${decimalSize(file.bytes.length)}.`, result: null };
      } catch (error) {
        reject(signal.aborted ? new Problem('usage', 'The export was cancelled.') : (error as Error));
        throw error;
      }
    },
  });
  return promise;
}
