import { decimalSize } from '../../src-shared/numbers.ts';
import type { ExportedFile, exportRequests } from '../../src-shared/contract/api/files.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { counted } from '../../src-shared/counted.ts';
import { exportInThread } from '../exports/export-in-thread.ts';
import type { ExportRequest } from '../exports/make-export.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type ExportHost = Pick<Host, 'store' | 'tasks'>;

const WORDS: Readonly<Record<ExportRequest['format'], string>> = {
  csv: 'CSV',
  json: 'JSON',
  points: 'CSV of all points',
  tensorboard: 'TensorBoard event files',
  onnx: 'ONNX',
};

/** The requests for files to keep. */
export function exportHandlers(host: ExportHost): HandlersOf<typeof exportRequests> {
  return {
    'exports.runs': (request) => exportByTask(host, request),
    'exports.onnx': ({ run }) => exportByTask(host, { format: 'onnx', run }),
  };
}

/** Answered when a task, which shows how far it is and can be cancelled, has made the file. */
async function exportByTask({ store, tasks }: ExportHost, request: ExportRequest): Promise<ExportedFile> {
  const { file: storeFile, artifactsRoot } = store();
  const { promise, resolve, reject } = Promise.withResolvers<ExportedFile>();
  const what = request.format === 'onnx' ? request.run : counted(request.runs.length, 'run');
  tasks.start({
    title: `Export ${what} as ${WORDS[request.format]}`,
    subject: 'export',
    afterCancel: 'cancelled; there is no file.',
    work: async ({ signal, report }) => {
      try {
        const file = await exportInThread(
          { storeFile, artifactsRoot, request },
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
