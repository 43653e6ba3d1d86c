import { RUN_STATES } from '../../../src-shared/studies/run-state.ts';
import { openToRead } from '../open-to-read.ts';
import type { StudyRecord } from '../../store/store.ts';
import { printJson, printTable } from '../output.ts';

/** Prints the studies of a store. @throws Problem of the store */
export async function listStudies(file: string, options: { readonly json?: boolean }): Promise<void> {
  const store = openToRead(file);
  let studies: StudyRecord[];
  try {
    studies = store.studies();
  } finally {
    store.close();
  }
  if (options.json) {
    printJson(studies);
    return;
  }
  await printTable(
    [
      { title: 'study' },
      { title: 'data set' },
      { title: 'cells', align: 'right' },
      { title: 'runs' },
      { title: 'last started' },
    ],
    studies.map(({ name, dataset, cells, runs, updatedAt }) => [
      name,
      dataset,
      String(cells),
      RUN_STATES.filter((state) => runs[state] > 0)
        .map((state) => `${runs[state]} ${state}`)
        .join(', '),
      updatedAt,
    ]),
  );
}
