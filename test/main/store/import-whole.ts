import { stageImport } from '../../../src-main/store/stage-import.ts';
import type { ImportedStudyInput, Store } from '../../../src-main/store/store.ts';

/** Imports a study as the application does, all at once. @returns the ids of its runs, in order */
export function importWhole(store: Store, study: ImportedStudyInput): string[] {
  const slices = stageImport(store.file, study);
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  store.publishImport(slice.value);
  return store.runs({ study: study.definition.name }).map(({ id }) => id);
}
