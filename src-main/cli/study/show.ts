import { typedCommand } from '../../typed-command.ts';
import { printJson, printLine } from '../output.ts';
import { readStudyIn } from './read-study.ts';

/** Prints the cells of a study. @throws Problem `not-found`, and those of the store */
export async function showStudy(
  file: string,
  name: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const reading = readStudyIn(file, name);
  if (options.json) {
    printJson(reading.cells);
    if (reading.aside !== '') console.error(`kindling: ${reading.aside}.`);
    return;
  }
  const { printResults } = await import('./results.ts');
  printResults(reading, true);
  const { name: study, note } = reading.study;
  if (note) printLine(`\nThere is a note: \`${typedCommand(`study note ${study}`, file)}\` prints it.`);
}
