import path from 'node:path';
import { type ImportPlan, planImport } from '../../src-shared/imports/plan-import.ts';
import { stageImport } from '../store/stage-import.ts';
import { writeStaged } from '../store/write-staged.ts';
import { answerWork } from '../work/answer-work.ts';
import { type ContinuedImport, continuedImport } from './continued-import.ts';
import { continuedText, importAccount, importText } from './describe-import.ts';
import { readRunFiles } from './read-run-files.ts';
import { IMPORTING_RUNS } from './run-importer.ts';

answerWork(IMPORTING_RUNS, () => {
  let read: { readonly plan: ImportPlan; readonly continued: ContinuedImport | null } | null = null;
  return {
    about: null,
    work: async (task, control) => {
      if ('files' in task) {
        const { files, settings, storeFile } = task;
        const { onProgress } = control;
        const source = readRunFiles(files, { onProgress });
        onProgress({ phase: 'checking the runs', share: null });
        const plan = planImport(source, settings, settings.study ?? studyName(files[0] ?? ''));
        const continued = continuedImport(storeFile, source, settings, plan);
        read = { plan: continued?.plan ?? plan, continued };
        return importAccount(plan, continued);
      }
      if (read === null) throw new Error('nothing was read that could be written');
      const { plan, continued } = read;
      const { definition, cells, runs } = plan;
      const text = continued ? continuedText(continued) : importText(plan);
      const addedTo = continued?.before.definition ?? null;
      const study = { definition, text, dataset: task.dataset, cells, runs, addedTo };
      return writeStaged(stageImport(task.writeTo, study), 'writing the runs', control);
    },
  };
});

/** The name of the file, as a study may be called. */
function studyName(file: string): string {
  const plain = path.parse(file).name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return plain.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, 100) || 'imported';
}
