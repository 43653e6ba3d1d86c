import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import { packFiles } from '../exports/pack-files.ts';
import { openStore } from '../store/open-store.ts';
import { answerWork, type WorkControl } from '../work/answer-work.ts';
import { reportFormatNamed } from './formats/registry.ts';
import { makeReport } from './make-report.ts';
import { reportSetting } from './report-setting.ts';
import { REPORTING, type ReportStep, type ReportTask } from './report-in-thread.ts';

answerWork(REPORTING, () => ({ about: null, work: writeReport }));

async function writeReport(
  { storeFile, artifactsRoot, dataRoot, study, format, choice }: ReportTask,
  { onProgress, signal }: WorkControl<ReportStep>,
): Promise<ExportedFile> {
  const { write, holdsStudy } = reportFormatNamed(format);
  const store = openStore(storeFile, { purpose: 'read', artifactsRoot });
  try {
    const report = await makeReport(reportSetting(store, dataRoot), study, {
      onProgress: (part, share) => onProgress({ phase: `writing: ${part}`, share }),
      ...{ signal, holdsStudy, choice },
    });
    const { file, beside } = await write(report, `${study}-report`);
    const packed = packFiles([file, ...beside], `${study}-report.zip`);
    return { ...packed, bytes: new Uint8Array(packed.bytes) };
  } finally {
    store.close();
  }
}
