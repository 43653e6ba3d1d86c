import { posix } from 'node:path';
import type { RecipePictures } from '../../src-shared/recipes/analysis-recipe.ts';
import { readAnalysisFile } from '../artifacts/read-analysis-file.ts';
import type { ExportedFile } from '../files/exported-file.ts';
import { type RecipeResults, stepAt } from './recipe-results.ts';
import type { RecipeSubject } from './recipe-subjects.ts';

/** What a step left of one subject besides numbers: of several seeds the pictures of the first. */
export interface CopiedPicture extends ExportedFile {
  readonly subject: RecipeSubject;
  readonly layer: string | null;
  readonly title: string;
}

/** One at a time, as they may be large. @throws Problem `not-found` for a file that is gone */
export function* copyPictures(
  results: RecipeResults,
  { name, of }: RecipePictures,
): Generator<CopiedPicture> {
  const { store } = results.figures;
  for (const subject of results.subjects) {
    const analysis = results.found[stepAt(results, of)]?.find(({ run }) => run === subject.runs[0]);
    if (analysis === undefined) continue;
    const folder = posix.join('pictures', name, ...(results.subjects.length > 1 ? [subject.word] : []));
    for (const { file, layer, title, mediaType } of analysis.files) {
      const { bytes } = readAnalysisFile(store, analysis, file);
      yield { fileName: posix.join(folder, file), bytes, mediaType, layer, title, subject };
    }
  }
}
