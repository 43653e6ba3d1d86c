import path from 'node:path';

export const STUDY_FILE_ENDINGS = ['yaml', 'yml'] as const;

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
