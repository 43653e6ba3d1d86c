import { nearestName } from './nearest-name.ts';
import { Problem, type ProblemCode } from './problem.ts';

interface Wanted {
  /** What they are, e.g. `method`. */
  readonly what: string;
  readonly code: ProblemCode;
}

/**
 * The one of this name.
 * @throws Problem with the nearest name and all names where there is none
 */
export function named<Each extends { readonly name: string }>(
  all: readonly Each[],
  name: string,
  { what, code }: Wanted,
): Each {
  const found = all.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = all.map((each) => each.name);
  const near = nearestName(name, names);
  throw new Problem(
    code,
    `There is no ${what} ${JSON.stringify(name)}${near === null ? '' : ` (did you mean "${near}"?)`}; there are ${names.join(', ')}.`,
  );
}
