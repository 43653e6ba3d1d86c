import path from 'node:path';
import { isStudyFileName } from '../../src-shared/studies/study-file-name.ts';
import { addressOfLink } from './page-link-address.ts';

/**
 * The study file that a command line names, absolute; null where it names none.
 * @param parameters those after the program (and after the application's folder, where there is one)
 */
export function findStudyFile(parameters: readonly string[], workingFolder: string): string | null {
  const name = parameters.find(
    (each) => !each.startsWith('-') && addressOfLink(each) === null && isStudyFileName(each),
  );
  return name === undefined ? null : path.resolve(workingFolder, name);
}
