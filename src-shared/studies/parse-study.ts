import { Problem } from '../mistakes/problem.ts';
import { showPlaced } from '../mistakes/show-mistake.ts';
import type { PlacedMistake } from '../mistakes/mistake.ts';
import { readStudy, type ReadStudy } from './read-study.ts';

/**
 * The study that a file states, as `readStudy` reads it.
 *
 * @param fileName for the messages.
 * @throws Problem `study-invalid` with one line for each mistake: its line in the file, its path, the value
 *   and what would be right.
 */
export function parseStudy(text: string, fileName: string): ReadStudy {
  const reading = readStudy(text);
  if (reading.ok) return reading.study;
  throw invalidStudy(reading.mistakes, fileName);
}

/** What is wrong with a study file, one mistake a line. */
export function invalidStudy(mistakes: readonly PlacedMistake[], fileName: string): Problem {
  const lines = mistakes.map((mistake) => `  ${showPlaced(mistake)}`);
  return new Problem('study-invalid', `${fileName} is not a valid study:\n${lines.join('\n')}`, { mistakes });
}
