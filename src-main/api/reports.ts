import path from 'node:path';
import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { OpenedReport, reportRequests } from '../../src-shared/contract/api/reports.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import { andList } from '../../src-shared/lists.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { withReportOpener } from '../copies/report-opener.ts';
import { dataFolder } from '../home.ts';
import { REPORT_FORMATS, reportFormatNamed } from '../reports/formats/registry.ts';
import { reportInThread } from '../reports/report-in-thread.ts';
import { ADDING_STUDIES, addStudy, type StudyHost } from './add-study.ts';
import { fileByTask } from './file-by-task.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import { withSentFiles } from './sent-files.ts';

type ReportHost = StudyHost & Pick<Host, 'home' | 'storeFile'>;

/** The requests for studies as files to read. */
export function reportHandlers(host: ReportHost): HandlersOf<typeof reportRequests> {
  return {
    'reports.formats': () => REPORT_FORMATS.map(({ name, title }) => ({ name, title })),
    'reports.make': (parameters) => reportByTask(host, parameters),
    'reports.open': (parameters) => openReport(host, parameters),
  };
}

async function reportByTask(
  { store, tasks, home }: ReportHost,
  { study, format: wanted, ...choice }: CheckedParametersOf<'reports.make'>,
): Promise<ExportedFile> {
  const { file: storeFile, artifactsRoot } = store();
  const { name } = store().study(study);
  const { name: format } = reportFormatNamed(wanted);
  return fileByTask(tasks, {
    title: `Report of ${name}`,
    subject: `report of ${name}`,
    afterCancel: 'cancelled; there is no report.',
    cancelled: 'The report was cancelled.',
    make: ({ signal, report }) =>
      reportInThread(
        { storeFile, artifactsRoot, dataRoot: dataFolder(home), study: name, format, choice },
        { signal, onProgress: report },
      ),
  });
}

function openReport(
  host: ReportHost,
  { file: typed, name: wanted, dryRun }: CheckedParametersOf<'reports.open'>,
): Task<OpenedReport> {
  const { store } = host;
  const paths = typeof typed === 'string' ? [hostPath(typed)] : [];
  const sent = typeof typed === 'string' ? [] : [typed];
  return host.tasks.start({
    title: `${dryRun ? 'Read' : 'Open'} ${path.basename(paths[0] ?? sent[0]?.name ?? '')}`,
    subject: ADDING_STUDIES,
    work: (control) =>
      withReportOpener({ signal: control.signal, onProgress: control.report }, async (opener) => {
        const read = await withSentFiles(sent, ([own = paths[0] ?? '']) => opener.read(own));
        const { from, runs, cells, complete } = read;
        const name = wanted ?? read.study;
        const known = store().findOpened(from.hash);
        const study = known?.study ?? name;
        const require = (): void => store().refuseCopy(name, runs);
        const refusal = known ? null : refusalOf(require);
        const account = { study, isKnown: known !== null, refusal, cells, runs: runs.length, complete, from };
        const what = `${counted(account.runs, 'run')} of ${counted(cells, 'cell')}`;
        if (dryRun) return { message: `${study}: ${what}.`, result: account };
        const missing =
          from.leftOut.length === 0 ? '' : ` The report does not have ${andList(from.leftOut)}.`;
        return addStudy(
          host,
          {
            ...{ account, known, require, done: 'opened' },
            stage: () => opener.stage(host.storeFile, { name, openedAt: new Date().toISOString() }),
            message: `${study}: ${what}, opened from ${from.file}.${missing}`,
          },
          control,
        );
      }),
  });
}

/** Null where nothing is thrown. */
function refusalOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}
