import path from 'node:path';
import { type ImportPlan, planImport } from '../../src-shared/imports/plan-import.ts';
import { stageImport } from '../store/stage-import.ts';
import { writeStaged } from '../store/write-staged.ts';
import { answerWork } from '../work/answer-work.ts';
import { importAccount, importText } from './describe-import.ts';
import { readRunFiles } from './read-run-files.ts';
import { IMPORTING_RUNS } from './run-importer.ts';

answerWork(IMPORTING_RUNS, () => {
  let plan: ImportPlan | null = null;
  return {
    about: null,
    work: async (task, control) => {
      if ('files' in task) {
        const { files, settings } = task;
        const { onProgress } = control;
        const runs = readRunFiles(files, { onProgress });
        onProgress({ phase: 'checking the runs', share: null });
        plan = planImport(runs, settings, settings.study ?? studyName(files[0] ?? ''));
        return importAccount(plan);
      }
      if (plan === null) throw new Error('nothing was read that could be written');
      const { definition, cells, runs } = plan;
      const { storeFile, dataset } = task;
      const study = { definition, text: importText(plan), dataset, cells, runs };
      return writeStaged(stageImport(storeFile, study), 'writing the runs', control);
    },
  };
});

/** The name of the file, as a study may be called. */
function studyName(file: string): string {
  const plain = path.parse(file).name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return plain.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, 100) || 'imported';
}
