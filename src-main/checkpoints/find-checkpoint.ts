import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../src-shared/studies/trainer-protocol.ts';
import { plainName } from '../files/plain-name.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/**
 * The path of a checkpoint, whose file is the one that the run left.
 *
 * @param folder that of the run's artifacts
 * @param checkpoints those to choose from, as the store lists them
 * @throws Problem `not-found` if none is of this kind, `data-missing` or `data-invalid` for a file that is gone or
 *   another one
 */
export function findCheckpoint(
  run: string,
  folder: string,
  checkpoints: readonly Pick<Artifact, 'kind' | 'file' | 'sha256'>[],
  kind: string,
): string {
  const known = checkpoints.find((each) => each.kind === kind);
  if (known === undefined) {
    const kinds = checkpoints.map((each) => each.kind).join(', ');
    throw new Problem('not-found', `Run ${run} has no checkpoint ${kind}; it has ${kinds}.`);
  }
  const file = join(folder, plainName(known.file));
  if (hashOf(file) !== known.sha256)
    throw new Problem(
      'data-invalid',
      `${file} is not the file that run ${run} wrote: its SHA-256 differs from the one in the store.`,
    );
  return file;
}

function hashOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch (error) {
    throw new Problem(
      'data-missing',
      `The checkpoint ${file} cannot be read (${(error as Error).message}); put the file back, or train the cell again.`,
      { cause: error },
    );
  }
}
