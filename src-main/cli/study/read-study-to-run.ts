import { mistakesProblem } from '../../../src-shared/contract/mistakes-problem.ts';
import { writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { checkRuns } from '../../../src-shared/studies/check-runs.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { withSeeds } from '../../../src-shared/studies/with-seeds.ts';
import { readStudyFile } from '../../studies/read-study-file.ts';

/**
 * The text of a study file, with seeds 0 to count - 1 if they are given: what the store keeps is a file of the study that
 * was run.
 * @throws Problem `not-found`, `study-invalid`, and `usage` for more seeds than a study may have
 */
export function readStudyToRun(file: string, seeds: number | undefined): string {
  const { text } = readStudyFile(file);
  if (seeds === undefined) return text;
  const { definition, cells } = parseStudy(text, file);
  const seeded = withSeeds(definition, seeds);
  const mistakes = checkRuns(seeded, cells);
  if (mistakes.length > 0) throw mistakesProblem('usage', mistakes);
  return writeSeeds(text, seeded);
}
