import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/contract/problem.ts';
import type { TextFile } from '../../src-shared/contract/page-bridge.ts';

export const STUDY_FILE_ENDINGS = ['yaml', 'yml'] as const;
/** Bytes; a study file has a few hundred. */
const LARGEST = 1024 * 1024;

/**
 * The study file that a command line names, absolute; null where it names none.
 * @param parameters those after the program (and after the application's folder, where there is one)
 */
export function findStudyFile(parameters: readonly string[], workingFolder: string): string | null {
  const name = parameters.find((each) => !each.startsWith('-') && isStudyFile(each));
  return name === undefined ? null : path.resolve(workingFolder, name);
}

function isStudyFile(name: string): boolean {
  return STUDY_FILE_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
}

/** @throws Problem where it cannot be read or is no study file by its size */
export function readStudyFile(file: string): TextFile {
  try {
    const { size } = statSync(file);
    if (size > LARGEST) {
      throw new Problem('study-invalid', `${file} has ${size} bytes: that is no study file.`);
    }
    return { name: path.basename(file), text: readFileSync(file, 'utf8') };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('not-found', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
