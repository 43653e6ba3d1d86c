import { renameStudy } from '../../src-shared/studies/rename-study.ts';
import { stageCopy } from '../store/stage-copy.ts';
import { writeStaged } from '../store/write-staged.ts';
import { answerWork } from '../work/answer-work.ts';
import { type ReadCopy, readCopy } from './read-copy.ts';
import { OPENING_REPORT } from './report-opener.ts';

answerWork(OPENING_REPORT, () => {
  let read: ReadCopy | null = null;
  return {
    about: null,
    work: (task, control) => {
      if ('file' in task) {
        const onProgress = (share: number): void =>
          control.onProgress({ phase: 'reading the report', share });
        read = readCopy(task.file, { onProgress });
        const { copy, from } = read;
        return {
          ...{ study: copy.study.name, from, runs: copy.runs.map(({ id }) => id) },
          cells: copy.cells.filter(({ position }) => position !== null).length,
          complete: copy.runs.filter(({ state }) => state === 'complete').length,
        };
      }
      if (read === null) throw new Error('nothing was read that could be written');
      const { storeFile, name, openedAt } = task;
      const { copy, from } = read;
      const own = name === copy.study.name ? copy : { ...copy, study: renameStudy(copy.study, name) };
      return writeStaged(stageCopy(storeFile, own, { ...from, openedAt }), 'writing the study', control);
    },
  };
});
