import type { StudyOutcome } from '../../src-shared/contract/api/execution.ts';

/** `1 failed, 2 diverged`; empty where none did. */
export function failedText({ failed, diverged }: Pick<StudyOutcome, 'failed' | 'diverged'>): string {
  const others = failed - diverged;
  return [others > 0 ? `${others} failed` : '', diverged > 0 ? `${diverged} diverged` : '']
    .filter((part) => part !== '')
    .join(', ');
}
