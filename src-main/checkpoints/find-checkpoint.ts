import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../src-shared/studies/trainer-protocol.ts';
import { plainName } from '../files/plain-name.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { whyUnread } from '../files/read-at-most.ts';

/** Whose a checkpoint is, for messages. */
export interface CheckpointOwner {
  /** In the middle of a sentence. */
  readonly title: string;
  /** What makes it once more. */
  readonly again: string;
}

export function runOwner(run: string): CheckpointOwner {
  return { title: `run ${run}`, again: 'train the cell again' };
}

export function networkOwner(name: string): CheckpointOwner {
  return { title: `the import of ${name}`, again: 'remove the network and import it again' };
}

/**
 * The path of a checkpoint, whose file is the one that a run, or the import of a network, left.
 *
 * @param folder that of its artifacts
 * @param checkpoints those to choose from, as the store lists them
 * @throws Problem `not-found` if none is of this kind, `data-missing` or `data-invalid` for a file that is gone or
 *   another one
 */
export function findCheckpoint(
  { title, again }: CheckpointOwner,
  folder: string,
  checkpoints: readonly Pick<Artifact, 'kind' | 'file' | 'sha256'>[],
  kind: string,
): string {
  const known = checkpoints.find((each) => each.kind === kind);
  if (known === undefined) {
    const kinds = checkpoints.map((each) => each.kind).join(', ');
    throw new Problem(
      'not-found',
      `${title.charAt(0).toUpperCase()}${title.slice(1)} has no checkpoint ${kind}; it has ${kinds}.`,
    );
  }
  const file = join(folder, plainName(known.file));
  if (hashOf(file, again) !== known.sha256)
    throw new Problem(
      'data-invalid',
      `${file} is not the file that ${title} wrote: its SHA-256 differs from the one in the store.`,
    );
  return file;
}

function hashOf(file: string, again: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch (error) {
    throw new Problem(
      'data-missing',
      `The checkpoint ${file} cannot be read: ${whyUnread(error)}; put the file back, or ${again}.`,
      { cause: error },
    );
  }
}
