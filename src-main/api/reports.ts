import path from 'node:path';
import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { OpenedReport, reportRequests } from '../../src-shared/contract/api/reports.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import { andList } from '../../src-shared/lists.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { renameStudy } from '../../src-shared/studies/rename-study.ts';
import { readCopyInThread } from '../copies/read-in-thread.ts';
import { dataFolder } from '../home.ts';
import { REPORT_FORMATS, reportFormatNamed } from '../reports/formats/registry.ts';
import { reportInThread } from '../reports/report-in-thread.ts';
import { fileByTask } from './file-by-task.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import { withSentFiles } from './sent-files.ts';

type ReportHost = Pick<Host, 'store' | 'tasks' | 'home' | 'emit' | 'listings'>;

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
  { store, tasks, emit, listings }: ReportHost,
  { file: typed, name, dryRun }: CheckedParametersOf<'reports.open'>,
): Task<OpenedReport> {
  const paths = typeof typed === 'string' ? [hostPath(typed)] : [];
  const sent = typeof typed === 'string' ? [] : [typed];
  return tasks.start({
    title: `${dryRun ? 'Read' : 'Open'} ${path.basename(paths[0] ?? sent[0]?.name ?? '')}`,
    subject: 'opening of a report',
    work: async ({ signal, report }) => {
      report({ phase: 'reading the report', share: null });
      const read = await withSentFiles(sent, ([own = paths[0] ?? '']) => readCopyInThread(own, { signal }));
      const { from } = read;
      const copy = name === null ? read.copy : { ...read.copy, study: renameStudy(read.copy.study, name) };
      const known = store().findOpened(from.hash);
      const account: OpenedReport = {
        ...{ study: known?.study ?? copy.study.name, isKnown: known !== null, from },
        refusal: known ? null : refusalOf(() => store().refuseCopy(copy)),
        ...{ cells: copy.cells.filter(({ position }) => position !== null).length, runs: copy.runs.length },
        complete: copy.runs.filter(({ state }) => state === 'complete').length,
      };
      const what = `${counted(account.runs, 'run')} of ${counted(account.cells, 'cell')}`;
      if (dryRun) return { message: `${account.study}: ${what}.`, result: account };
      if (known) {
        const where = known.isTrashed ? ', which is in the trash' : '';
        return {
          message: `This was opened before, as the study ${known.study}${where}; nothing was opened.`,
          result: account,
        };
      }
      report({ phase: 'writing', share: null });
      signal.throwIfAborted();
      store().addCopy(copy, { ...from, openedAt: new Date().toISOString() });
      listings.forget(account.study);
      emit({ type: 'reload' });
      const missing = from.leftOut.length === 0 ? '' : ` The report does not have ${andList(from.leftOut)}.`;
      return { message: `${account.study}: ${what}, opened from ${from.file}.${missing}`, result: account };
    },
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
