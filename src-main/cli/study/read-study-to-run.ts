import { writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { invalidStudy } from '../../../src-shared/studies/parse-study.ts';
import { readDefinition } from '../../../src-shared/studies/read-study.ts';
import { withSeeds } from '../../../src-shared/studies/with-seeds.ts';
import { readStudyFile } from '../../studies/read-study-file.ts';

/**
 * The text of a study file, with seeds 0 to count - 1 if they are given: what the store keeps is a file of the study that
 * was run.
 * @throws Problem `not-found`, `study-invalid`, and `usage` for a number of seeds that no study may have
 */
export function readStudyToRun(file: string, seeds: number | undefined): string {
  const { text } = readStudyFile(file);
  if (seeds === undefined) return text;
  // its cells are made once, by the application that runs it
  const reading = readDefinition(text);
  if (!reading.ok) throw invalidStudy(reading.mistakes, file);
  return writeSeeds(text, withSeeds(reading.definition, seeds));
}
