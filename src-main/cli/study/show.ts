import { submittedText } from '../../../src-shared/contract/elsewhere-text.ts';
import { spoolsOf } from '../../executors/spool/find-spool.ts';
import { visitSpool } from '../../executors/spool/visit-spool.ts';
import { HostUnreachable } from '../../executors/ssh/host-unreachable.ts';
import { kindlingHome } from '../../home.ts';
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
  for (const found of await spoolsOf(kindlingHome(), reading.storeIdentity)) {
    if (found.study !== study) continue;
    const runs = await visitSpool(kindlingHome(), found, (visit) => visit.submitted()).catch(unreachable);
    if (runs === null) continue;
    printLine(`\n${submittedText(runs, runs.since)}.`);
    printLine(`\`${typedCommand(`study collect ${study}`, file)}\` takes what they have finished.`);
  }
  if (note) printLine(`\nThere is a note: \`${typedCommand(`study note ${study}`, file)}\` prints it.`);
}

/** Where what is submitted is on a host that is not reached, the rest is shown all the same. */
function unreachable(error: unknown): null {
  if (!(error instanceof HostUnreachable)) throw error;
  console.error(`kindling: what was submitted cannot be asked for: ${error.message}`);
  return null;
}
