/** What the names of study files that Kindling saves end with; systems open files of this ending with Kindling. */
const STUDY_FILE_ENDING = 'kindling';

/** Endings of study files that are opened: they are YAML, whatever they are called. */
export const STUDY_FILE_ENDINGS = [STUDY_FILE_ENDING, 'yaml', 'yml'] as const;

export function studyFileName(study: string): string {
  return `${study}.${STUDY_FILE_ENDING}`;
}

export function isStudyFileName(name: string): boolean {
  return STUDY_FILE_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
}
