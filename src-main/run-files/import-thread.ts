import path from 'node:path';
import { planImport } from '../../src-shared/imports/plan-import.ts';
import { answerWork } from '../work/answer-work.ts';
import { READING_RUNS } from './import-in-thread.ts';
import { readRunFiles } from './read-run-files.ts';

answerWork(READING_RUNS, () => ({
  about: null,
  work: ({ files, settings }, { onProgress }) => {
    const runs = readRunFiles(files, { onProgress });
    onProgress('checking the runs');
    return planImport(runs, settings, settings.study ?? studyName(files[0] ?? ''));
  },
}));

/** The name of the file, as a study may be called. */
function studyName(file: string): string {
  const plain = path.parse(file).name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return plain.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, 100) || 'imported';
}
