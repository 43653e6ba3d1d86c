import { nearestName } from '../../../src-shared/networks/nearest-name.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { AnalysisMethod } from '../method.ts';
import { probe } from './probe.ts';

/** All methods, in the order in which they are shown. */
export const METHODS: readonly AnalysisMethod[] = [probe];

/** @throws Problem `not-found` with the names that there are */
export function methodNamed(name: string): AnalysisMethod {
  const found = METHODS.find((method) => method.name === name);
  if (found !== undefined) return found;
  const names = METHODS.map((method) => method.name);
  const near = nearestName(name, names);
  throw new Problem(
    'not-found',
    `There is no method "${name}"${near ? ` (did you mean "${near}"?)` : ''}; there are ${names.join(', ')}.`,
  );
}
