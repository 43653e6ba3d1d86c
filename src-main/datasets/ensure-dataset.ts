import path from 'node:path';
import { nullIfProblem } from '../../src-shared/mistakes/null-if-problem.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { describeKnown, isKnown } from './catalogue.ts';
import { openDataset, type PreparedDataset } from './open-dataset.ts';
import { readDescription } from './description-file.ts';
import { generateShapes, SHAPES_HASH, SHAPES_NAME } from './shapes/generate.ts';
import { writePrepared } from './write-prepared.ts';

/**
 * Opens a data set by name, for training. The built-in one is made first if it is missing, of an older version or
 * damaged; every other must have been added.
 * @param dataRoot folder of the prepared data sets
 * @throws Problem `data-missing` with what to type, `data-invalid` if it is damaged, `disk-full`
 */
export function ensureDataset(name: string, dataRoot: string): PreparedDataset {
  checkName(name);
  const folder = path.join(dataRoot, name);
  if (name === SHAPES_NAME) {
    const found = presentDataset(name, dataRoot);
    if (found !== null) return found;
    writePrepared(dataRoot, name, generateShapes(), { keepSame: true });
    return openDataset(folder);
  }
  try {
    readDescription(folder);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'data-missing') throw error;
    throw missingDataset(name, error);
  }
  return openDataset(folder);
}

/**
 * Opens a data set by name; null where it is missing or damaged, or the built-in one is of an older version.
 * @throws Problem `usage` for a name that is none
 */
export function presentDataset(name: string, dataRoot: string): PreparedDataset | null {
  checkName(name);
  const found = openIfWhole(path.join(dataRoot, name));
  return name === SHAPES_NAME && found?.description.hash !== SHAPES_HASH ? null : found;
}

function openIfWhole(folder: string): PreparedDataset | null {
  return nullIfProblem(() => openDataset(folder));
}

/**
 * A data set's name becomes a folder: lower-case letters, digits, dot, dash and underscore, no dot first.
 * @throws Problem `usage` for any other
 */
export function checkName(name: string): void {
  if (/^[a-z0-9_-][a-z0-9._-]{0,63}$/.test(name)) return;
  throw new Problem(
    'usage',
    `"${name}" is not a valid data set name; use up to 64 of a-z, 0-9, "-", "_" and ".", e.g. my-images`,
  );
}

function missingDataset(name: string, cause: unknown): Problem {
  if (!isKnown(name)) return unknownDataset('data-missing', name, cause);
  const fact = `the data set ${name} has not been added yet.`;
  return new Problem(
    'data-missing',
    `${fact} Run: kindling dataset add ${name} (downloads it), or kindling dataset add ${name} --from FILE to use a file you have`,
    { cause, fact, offer: { action: 'download-dataset', subject: name } },
  );
}

/** A name that no data set has. */
export function unknownDataset(code: 'data-missing' | 'not-found', name: string, cause?: unknown): Problem {
  const fact = `there is no data set named ${name}. Available: ${describeKnown()}.`;
  return new Problem(
    code,
    `${fact} To add your own images: kindling dataset add ${name} --from FOLDER-OR-TAR`,
    { cause, fact, offer: { action: 'add-dataset', subject: name } },
  );
}
