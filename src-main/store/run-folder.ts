import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { artifactsFolder } from '../home.ts';
import { isRunId } from './run-id.ts';

/** Where the files of a run lie. */
export type FindRunFolder = (run: string) => string;

/**
 * Finds the folders of a store's runs: in the folder of artifacts of the home that is in use, else beside the store, as
 * where it is that of another home and was given with `--store`. A folder that is nowhere would be in the first place.
 */
export function runFolderFinder(root: string, store: string): FindRunFolder {
  const beside = artifactsFolder(dirname(resolve(store)));
  if (beside === resolve(root)) return (run) => runFolder(root, run);
  return (run) => {
    const folder = runFolder(root, run);
    const other = runFolder(beside, run);
    return !existsSync(folder) && existsSync(other) ? other : folder;
  };
}

/**
 * The folder that a run has in a folder of artifacts.
 * @param root folder of artifacts
 * @throws Problem `store-damaged` for what is no run's name: a store of somebody else may hold `..`
 */
export function runFolder(root: string, run: string): string {
  if (isRunId(run)) return join(root, run);
  throw new Problem(
    'store-damaged',
    `The store names a run ${JSON.stringify(run)}, which Kindling never does: it was written by another program and cannot be used.`,
  );
}
