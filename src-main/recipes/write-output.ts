import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withUsersUmask } from '../files/umask.ts';
import { writeProblem } from '../files/write-problem.ts';
import { writeWhole } from '../files/write-whole.ts';
import { type CopiedPicture, copyPictures } from './copy-pictures.ts';
import { drawFigures } from './draw-figures.ts';
import { type MadeOutput, pageOfText } from './page-of-text.ts';
import type { RecipeResults } from './recipe-results.ts';
import { writeRecipeFeatures } from './write-recipe-features.ts';
import { recipeTable } from './write-tables.ts';

export interface WrittenOutput {
  /** Path of the page of text. */
  readonly page: string;
  /** What is missing, in sentences; the page says it, too. */
  readonly missing: readonly string[];
}

interface OutputControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Writes what a recipe asks for into a folder, which is made if missing; files of an earlier call are replaced, others
 * stay. The page of text is written last, and the earlier one removed first: a folder that has a page has all that it names.
 * @throws Problem `disk-full`, or `usage` where the folder cannot be made or written; the signal's reason
 */
export async function writeOutput(
  results: RecipeResults,
  output: string,
  { signal, onProgress }: OutputControl,
): Promise<WrittenOutput> {
  const { recipe } = results;
  const page = join(output, `${recipe.recipe}.md`);
  const lists = [recipe.figures, recipe.tables, recipe.pictures, recipe.features];
  const total = lists.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  const step = (): void => {
    signal.throwIfAborted();
    onProgress(done++, total);
  };
  const write = (name: string, content: string | Uint8Array): void =>
    writing(output, () => writeWhole(join(output, name), content));
  writing(output, () => rmSync(page, { force: true }));
  const made: MadeOutput = { figures: [], tables: [], pictures: [], features: [] };
  for (const figure of recipe.figures) {
    step();
    const drawn = await drawFigures(results, figure);
    for (const { fileName, bytes } of drawn.flatMap(({ files }) => files)) write(fileName, bytes);
    made.figures.push({ figure, drawn });
  }
  for (const table of recipe.tables) {
    step();
    const file = recipeTable(results, table);
    if (file !== null) write(file.fileName, file.bytes);
    made.tables.push({ table, file: file?.fileName ?? null });
  }
  for (const pictures of recipe.pictures) {
    step();
    const copied: Omit<CopiedPicture, 'bytes'>[] = [];
    for (const { bytes, ...picture } of copyPictures(results, pictures)) {
      write(picture.fileName, bytes);
      copied.push(picture);
    }
    made.pictures.push({ pictures, copied });
  }
  for (const features of recipe.features) {
    step();
    const written = await writeRecipeFeatures(results, features, output, {
      signal,
      onProgress: (share) => onProgress(done - 1 + share, total),
    });
    made.features.push({ features, written });
  }
  const { text, missing } = pageOfText(results, made);
  write('recipe.yaml', results.text);
  write(`${recipe.recipe}.md`, text);
  return { page, missing };
}

function writing(output: string, write: () => void): void {
  try {
    withUsersUmask(write);
  } catch (error) {
    throw writeProblem(
      error,
      output,
      'What was found out is kept: free some space, or choose another folder with --output, and run the command again.',
    );
  }
}
