import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/** A prepared folder that is not what it was when it was written. */
export function damagedDataset(folder: string, what: string): Problem {
  const name = path.basename(folder);
  const fact = `the data set in ${folder} is damaged: ${what}. Remove the folder and add it again`;
  return new Problem('data-invalid', `${fact}: kindling dataset add ${name}`, {
    fact: `${fact}.`,
    offer: { action: 'add-dataset', subject: name },
  });
}
