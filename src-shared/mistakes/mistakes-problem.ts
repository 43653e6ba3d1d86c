import { Problem, type ProblemCode } from './problem.ts';
import type { Checked, Mistake, Path } from './mistake.ts';
import { within } from './mistake.ts';
import { firstMistakes } from './first-mistakes.ts';
import { showMistake } from './show-mistake.ts';

/** A Problem that tells all mistakes, each on its line, and carries them for who can show them in their places. */
export function mistakesProblem(code: ProblemCode, mistakes: readonly Mistake[], title = ''): Problem {
  const told = firstMistakes(mistakes);
  const lines = [...(title === '' ? [] : [title]), ...told.map(showMistake)];
  return new Problem(code, lines.join('\n'), { mistakes: told });
}

/**
 * What is right.
 *
 * @param base where it stands, for the paths of the mistakes
 * @throws Problem with all mistakes
 */
export function accepted<Value>(checked: Checked<Value>, code: ProblemCode, base: Path = []): Value {
  if (checked.ok) return checked.value;
  throw mistakesProblem(
    code,
    checked.mistakes.map((mistake) => within(base, mistake)),
  );
}
