import { stageCopy } from '../../../src-main/store/stage-copy.ts';
import { stageImport } from '../../../src-main/store/stage-import.ts';
import type { ImportedStudyInput, StagedStudy, Store } from '../../../src-main/store/store.ts';
import type { OpenedFrom } from '../../../src-shared/studies/opened-from.ts';
import type { StudyCopy } from '../../../src-shared/studies/study-copy.ts';

/** Imports a study, or adds to one, as the application does, all at once. @returns the ids of its runs, in order */
export function importWhole(store: Store, study: ImportedStudyInput): string[] {
  publishWhole(store, stageImport(store.file, study));
  return store.runs({ study: study.definition.name }).map(({ id }) => id);
}

/** Adds the study of a report in the same way. */
export function openWhole(store: Store, copy: StudyCopy, from: OpenedFrom): void {
  publishWhole(store, stageCopy(store.file, copy, from));
}

function publishWhole(store: Store, slices: Generator<number, StagedStudy, void>): void {
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  store.publishStaged(slice.value);
}
