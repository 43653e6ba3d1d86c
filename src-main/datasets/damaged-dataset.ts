import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/** A prepared folder that is not what it was when it was written. */
export function damagedDataset(folder: string, what: string): Problem {
  const name = path.basename(folder);
  return new Problem(
    'data-invalid',
    `the data set in ${folder} is damaged: ${what}. Remove the folder and add it again: kindling dataset add ${name}`,
  );
}
