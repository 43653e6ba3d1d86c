import { showPath } from '../../../src-shared/studies/explain-issues.ts';
import type { StudyMistake } from '../../../src-shared/studies/read-study.ts';

/** What is said at a field: the mistakes whose path begins with its own, without that path. Empty where there is none. */
export function mistakesAt(mistakes: readonly StudyMistake[], ...path: readonly (string | number)[]): string {
  return mistakes
    .filter((mistake) => path.every((key, index) => mistake.path[index] === key))
    .map(({ path: at, message }) => withoutPath(message, showPath(at)))
    .join(' ');
}

/** Those of a part as a whole, e.g. of `vary` but of none of its factors. */
export function mistakesOf(mistakes: readonly StudyMistake[], part: string): string {
  return mistakesAt(
    mistakes.filter(({ path }) => path.length === 1),
    part,
  );
}

/** Where the message of a Problem of `cellCosts` belongs: it begins with the field's path. */
export function placeOfMessage(message: string): readonly string[] {
  const [, part, field] = /^(network|training|data)(?:\.(\w+))?:/.exec(message) ?? [];
  if (part === undefined) return ['network'];
  return field === undefined ? [part] : [part, field];
}

function withoutPath(message: string, path: string): string {
  if (path === '' || !message.startsWith(path)) return message;
  return message.slice(path.length).replace(/^: |^ /, '');
}
