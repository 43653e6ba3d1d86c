import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis, AnalysisFile } from '../../src-shared/analysis/analysis-result.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { plainName } from '../files/plain-name.ts';
import { typedCommand } from '../typed-command.ts';
import { requireRunFiles } from '../store/require-run-files.ts';
import type { Store } from '../store/store.ts';
import { analysisFolder } from './analysis-folder.ts';

/**
 * A file that an analysis has left, with what is known of it.
 * @throws Problem `not-found` unless the store lists the file and it is there
 */
export function readAnalysisFile(
  store: Store,
  { run, method, settings }: Pick<Analysis, 'run' | 'method' | 'settings'>,
  file: string,
): AnalysisFile & { readonly bytes: Buffer } {
  const artifacts = store.findNetwork(run) === null ? filesOf(store, run) : store.runFolder(run);
  const listed = store.findAnalysis(run, method, settings)?.files.find((each) => each.file === file);
  // Only names that the store lists make a path: what the page says never does.
  if (artifacts === null || listed === undefined) {
    throw new Problem('not-found', `There is no file "${file}" of the method ${method} on the run ${run}.`);
  }
  const path = join(analysisFolder(artifacts, method, settings), plainName(listed.file));
  if (!existsSync(path)) {
    throw new Problem(
      'not-found',
      `${path} is gone; \`${typedCommand(`analyze ${run} --methods ${method} --recompute`, store.file)}\` recreates it.`,
      { fact: `${path} is gone: run ${method} again on ${run}, and recompute what is there.` },
    );
  }
  return { ...listed, bytes: readFileSync(path) };
}

/** @throws Problem `not-found`, `data-missing` */
function filesOf(store: Store, id: string): string | null {
  const run = store.run(id);
  requireRunFiles(store, run);
  return run.artifacts;
}
