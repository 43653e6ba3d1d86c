import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { nullIfProblem } from '../../../src-shared/mistakes/null-if-problem.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { readDescription } from '../../datasets/description-file.ts';
import { SHAPES_HASH, SHAPES_NAME } from '../../datasets/shapes/generate.ts';
import { openToTrain } from '../../datasets/verify-dataset.ts';
import { dataFolder } from '../../home.ts';
import type { NamedData } from '../ssh/relay-protocol.ts';

/** The data sets of a home by name, with the hash of their content; the built-in one is made where it is asked for. */
export function datasetsHere(home: string): NamedData[] {
  const root = dataFolder(home);
  const names = existsSync(root) ? readdirSync(root).filter((name) => !name.startsWith('.')) : [];
  const added = names.flatMap((name) => {
    const description = nullIfProblem(() => readDescription(join(root, name)));
    return description && name !== SHAPES_NAME ? [{ name, hash: description.hash }] : [];
  });
  return [{ name: SHAPES_NAME, hash: SHAPES_HASH }, ...added];
}

/** The folder of a data set by its content, whatever it is called here. @throws Problem `data-missing` */
export async function datasetHere(home: string, { name, hash }: NamedData): Promise<string> {
  const root = dataFolder(home);
  const here = datasetsHere(home);
  const found = here.find((each) => each.hash === hash);
  if (found?.name === SHAPES_NAME) await openToTrain({ name: SHAPES_NAME, dataRoot: root });
  if (found) return join(root, found.name);
  const another = here.some((each) => each.name === name) ? ' has other content there' : ' is not there';
  throw new Problem(
    'data-missing',
    `The data set ${name}${another} (${hostname()}, ${root}): add it on that host from the same files with the same options, \`kindling dataset add ${name}\`, or copy the folder ${name}.`,
  );
}
