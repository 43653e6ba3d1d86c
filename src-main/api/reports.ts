import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import type { reportRequests } from '../../src-shared/contract/api/reports.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { dataFolder } from '../home.ts';
import { REPORT_FORMATS, reportFormatNamed } from '../reports/formats/registry.ts';
import { reportInThread } from '../reports/report-in-thread.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type ReportHost = Pick<Host, 'store' | 'tasks' | 'home'>;

/** The requests for studies as files to read. */
export function reportHandlers(host: ReportHost): HandlersOf<typeof reportRequests> {
  return {
    'reports.formats': () => REPORT_FORMATS.map(({ name, title }) => ({ name, title })),
    'reports.make': ({ study, format }) => reportByTask(host, study, reportFormatNamed(format).name),
  };
}

/** Answered when a task, which shows how far it is and can be cancelled, has made the file. */
async function reportByTask(
  { store, tasks, home }: ReportHost,
  study: string,
  format: string,
): Promise<ExportedFile> {
  const { file: storeFile, artifactsRoot } = store();
  const { name } = store().study(study);
  const { promise, resolve, reject } = Promise.withResolvers<ExportedFile>();
  tasks.start({
    title: `Report of ${name}`,
    subject: `report of ${name}`,
    afterCancel: 'cancelled; there is no report.',
    work: async ({ signal, report }) => {
      try {
        const file = await reportInThread(
          { storeFile, artifactsRoot, dataRoot: dataFolder(home), study: name, format },
          { signal, onProgress: report },
        );
        resolve(file);
        return { message: `${file.fileName}, ${decimalSize(file.bytes.length)}.`, result: null };
      } catch (error) {
        reject(signal.aborted ? new Problem('usage', 'The report was cancelled.') : (error as Error));
        throw error;
      }
    },
  });
  return promise;
}
