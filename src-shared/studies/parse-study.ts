import { Problem } from '../contract/problem.ts';
import { readStudy } from './read-study.ts';
import type { StudyDefinition } from './study-definition.ts';

/**
 * The study that a file states, as `readStudy` reads it.
 *
 * @param fileName for the messages.
 * @throws Problem `study-invalid` with one line for each mistake: its line in the file, its path, the value
 *   and what would be right.
 */
export function parseStudy(text: string, fileName: string): StudyDefinition {
  const reading = readStudy(text);
  if (reading.ok) return reading.definition;
  const places = reading.mistakes.map(
    ({ line, message }) => `  ${line === null ? '' : `line ${line}: `}${message}`,
  );
  throw new Problem('study-invalid', `${fileName} is no valid study:\n${places.join('\n')}`);
}
