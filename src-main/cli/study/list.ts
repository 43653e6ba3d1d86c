import { leftOutText } from '../../../src-shared/charts/cells/account-notes.ts';
import { isImported } from '../../../src-shared/studies/imported-study.ts';
import { openToRead } from '../open-to-read.ts';
import { type StudyAccount, studyAccount } from '../../store/study-account.ts';
import { printJson, printTable } from '../output.ts';

export interface ListOptions {
  readonly tag?: string;
  readonly json?: boolean;
}

/** Prints the studies of a store. @throws Problem of the store */
export async function listStudies(file: string, options: ListOptions): Promise<void> {
  const store = openToRead(file);
  let studies;
  try {
    studies = store
      .studies()
      .filter(({ tags }) => options.tag === undefined || tags.includes(options.tag))
      .map((study) => ({ ...study, account: studyAccount(store, study) }));
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
      { title: 'last saved' },
      { title: 'from' },
      { title: 'tags' },
    ],
    studies.map(({ name, dataset, cells, account, updatedAt, definition, openedFrom, tags }) => [
      name,
      dataset,
      String(cells),
      runsText(account),
      updatedAt,
      openedFrom?.file ?? (isImported(definition) ? definition.imported.format : ''),
      tags.join(', '),
    ]),
  );
}

/** `26 of 27 complete, 1 diverged, 2 complete runs not in the study file`. */
function runsText({ complete, leftOut, unasked }: StudyAccount): string {
  const parts = [
    `${complete} of ${complete + leftOut.length} complete`,
    leftOutText(leftOut),
    unasked === 0 ? '' : `${unasked} complete runs not in the study file`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
