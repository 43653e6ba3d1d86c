import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { kindlingVersion } from '../kindling-version.ts';
import type { Provenance } from '../../src-shared/studies/run-record.ts';
import { runCommand } from '../work/run-command.ts';

/** What is the same for all runs of one execution. */
export type HostProvenance = Omit<Provenance, 'engine' | 'dataHash'>;

const require = createRequire(import.meta.url);

/** @param folder the user's folder, whose git state is recorded. */
export async function hostProvenance(folder: string): Promise<HostProvenance> {
  const [revision, changes] = await Promise.all([
    git(folder, ['rev-parse', 'HEAD']),
    git(folder, ['--no-optional-locks', 'status', '--porcelain']),
  ]);
  return {
    kindlingVersion: kindlingVersion(),
    nodeVersion: process.version,
    tfjsVersion: versionIn('@tensorflow/tfjs-core/package.json'),
    host: hostname(),
    platform: `${process.platform} ${process.arch}`,
    folder,
    gitRevision: revision,
    gitDirty: revision === null || changes === null ? null : changes !== '',
  };
}

/** Null where there is no repository, no commit or no git. */
async function git(folder: string, parameters: readonly string[]): Promise<string | null> {
  try {
    const { status, stdout } = await runCommand('git', ['-C', folder, ...parameters]);
    return status === 0 ? stdout.trim() : null;
  } catch {
    return null;
  }
}

function versionIn(path: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(require.resolve(path), 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
