import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import type { reportRequests } from '../../src-shared/contract/api/reports.ts';
import { dataFolder } from '../home.ts';
import { REPORT_FORMATS, reportFormatNamed } from '../reports/formats/registry.ts';
import { reportInThread } from '../reports/report-in-thread.ts';
import { fileByTask } from './file-by-task.ts';
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

async function reportByTask(
  { store, tasks, home }: ReportHost,
  study: string,
  format: string,
): Promise<ExportedFile> {
  const { file: storeFile, artifactsRoot } = store();
  const { name } = store().study(study);
  return fileByTask(tasks, {
    title: `Report of ${name}`,
    subject: `report of ${name}`,
    afterCancel: 'cancelled; there is no report.',
    cancelled: 'The report was cancelled.',
    make: ({ signal, report }) =>
      reportInThread(
        { storeFile, artifactsRoot, dataRoot: dataFolder(home), study: name, format },
        { signal, onProgress: report },
      ),
  });
}
