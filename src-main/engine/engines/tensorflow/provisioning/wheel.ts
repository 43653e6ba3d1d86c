import { createWriteStream, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { withDiskFull } from '../../../../files/disk-full.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { chooseWheel, parseRequirement } from './choose-wheel.ts';
import { FetchFailure, fetchFile, WrongChecksum } from './fetch-file.ts';
import { IndexFailure, indexFiles } from './package-index.ts';
import { downloadProblem, downloadWithPip } from './pip-download.ts';
import { currentPlatform } from './platform.ts';
import { BadZip, listZip, readMember, type ZipMember } from './zip-file.ts';

/**
 * The Python that wheels are chosen for. Only the library inside is used, so there need not be any, and a fixed version gives the
 * same wheel everywhere.
 */
const PYTHON = '3.12';

/**
 * Downloads one wheel from the index of pip's settings, and checks its hash. What cannot be had so, as from an index that only pip can
 * log in to, is left to pip, where there is one.
 * @param requirement e.g. `tensorflow-cpu>=2.16,<3`
 * @param folder receives the wheel, and nothing outside of it anything
 * @returns the wheel's path
 * @throws Problem `engine-missing` if it cannot be had, `engine-invalid` with another hash, `disk-full`
 */
export async function downloadWheel(
  requirement: string,
  folder: string,
  options: InstallOptions,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  try {
    return await downloadFromIndex(requirement, folder, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof WrongChecksum)
      throw new Problem('engine-invalid', `${error.message}. Start again; nothing was kept.`, {
        cause: error,
      });
    if (!(error instanceof IndexFailure || error instanceof FetchFailure)) throw error;
    const wheel = await downloadWithPip(requirement, PYTHON, folder, options);
    if (wheel !== null) return wheel;
    throw downloadProblem(`${requirement} could not be downloaded: ${error.message}.`, error);
  }
}

async function downloadFromIndex(
  requirement: string,
  folder: string,
  options: InstallOptions,
): Promise<string> {
  options.onProgress?.({ stage: 'find', detail: requirement, done: null, total: null });
  const wanted = parseRequirement(requirement);
  if (wanted === null) throw new IndexFailure(`only pip can read "${requirement}"`);
  const files = await indexFiles(wanted.name, options.signal);
  const chosen = chooseWheel(files, wanted, `cp${PYTHON.replace('.', '')}`, currentPlatform().tags);
  if (chosen === null)
    throw new IndexFailure(
      `of ${files.length} files of ${wanted.name} in the index none is a wheel for this machine`,
    );
  const target = join(folder, basename(chosen.name));
  await fetchFile(chosen, target, options);
  return target;
}

/**
 * Extracts the members of a wheel whose whole name matches one of the patterns (regular expressions), and checks them.
 * @throws Problem `engine-invalid` for a damaged wheel, `disk-full`
 */
export async function extractWheel(
  wheel: string,
  folder: string,
  patterns: readonly string[],
  { onProgress, signal }: InstallOptions,
): Promise<void> {
  const wanted = new RegExp(`^(?:${patterns.join('|')})$`);
  const detail = basename(wheel);
  try {
    const members = listZip(wheel).filter(({ name }) => wanted.test(name));
    if (members.length === 0) throw new BadZip('nothing in it is what is needed');
    const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const member of members) {
      const target = placeOf(member, folder);
      mkdirSync(dirname(target), { recursive: true });
      const counting = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          done += chunk.length;
          onProgress?.({ stage: 'extract', detail, done, total });
          next(null, chunk);
        },
      });
      await pipeline(
        [...readMember(wheel, member), counting, createWriteStream(target)],
        signal ? { signal } : {},
      );
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof BadZip || isDataError(error))
      throw new Problem('engine-invalid', `${wheel} is not a readable wheel: ${error.message}.`, {
        cause: error,
      });
    throw withDiskFull(error, folder);
  }
}

function placeOf({ name }: ZipMember, folder: string): string {
  const root = resolve(folder);
  const target = resolve(root, name);
  if (target.startsWith(root + sep)) return target;
  throw new BadZip(`it holds a file outside its own folder: ${name}`);
}

/** Of zlib. */
function isDataError(error: unknown): error is Error {
  return error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '');
}
