import { asideText } from '../../../src-shared/runs/aside-text.ts';
import type { ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { type CellSummary, summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';
import { mainMetric } from '../../../src-shared/studies/imported-study.ts';
import { figureRuns } from '../../figures/figure-runs.ts';
import { openToRead } from '../open-to-read.ts';
import type { Store, StudyRecord } from '../../store/store.ts';

export interface StudyReading {
  readonly storeFile: string;
  readonly storeIdentity: string;
  readonly study: StudyRecord;
  readonly runs: readonly RunRecord[];
  readonly cells: readonly CellSummary[];
  /** The same for figures and tables. */
  readonly drawn: ChosenRuns;
  /** What is to be said of runs that the study's file does not ask for; empty without such. */
  readonly aside: string;
}

/** A study with its runs and the summary of its cells. @throws Problem `not-found`, and those of the store */
export function readStudy(store: Store, name: string): StudyReading {
  const study = store.study(name);
  const runs = store.runs({ study: name });
  const index = indexRuns(store.runTable(runs.map(({ id }) => id)));
  const drawn = figureRuns(store, index, { kind: 'study', study: name });
  return {
    storeFile: store.file,
    storeIdentity: store.identity(),
    study,
    runs,
    cells: summarizeStudy(drawn.cells, runs, mainMetric(study.definition)),
    drawn,
    aside: asideText(index, drawn.aside),
  };
}

/** The same, from a store that is opened for it. */
export function readStudyIn(file: string, name: string): StudyReading {
  const store = openToRead(file);
  try {
    return readStudy(store, name);
  } finally {
    store.close();
  }
}
