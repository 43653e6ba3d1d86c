import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ImportedFile } from '../../src-shared/studies/imported-study.ts';
import type { RunSource } from './reader.ts';
import { whyUnread } from '../files/read-at-most.ts';

/** More than this is no table of runs, nor would it fit into a text. */
const LARGEST_FILE = 500e6;

/** What is told of all files that were read. */
export interface ReadFiles {
  readonly files: ImportedFile[];
  readonly hash: Hash;
}

export function noFiles(): ReadFiles {
  return { files: [], hash: createHash('sha256') };
}

/**
 * A file or folder, whose parts are read as they are asked for; each counts towards `read`.
 * @throws Problem `not-found`
 */
export function openSource(file: string, read: ReadFiles): RunSource {
  const name = path.basename(file);
  const isFolder = statOf(file).isDirectory();
  const bytes = (part: string): Buffer => {
    const content = readPart(isFolder ? path.join(file, part) : file);
    read.files.push({ name: isFolder ? `${name}/${part}` : name, bytes: content.length });
    read.hash.update(`${content.length} `).update(content);
    return content;
  };
  return {
    ...{ name, isFolder, bytes },
    files: isFolder ? filesIn(file) : [name],
    text: (part) => decoded(name, bytes(part)),
  };
}

function statOf(file: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(file);
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
}

/** In the order of their names. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

function readPart(file: string): Buffer {
  const { size } = statOf(file);
  if (size > LARGEST_FILE)
    throw new Problem(
      'data-invalid',
      `${file} has ${Math.round(Number(size) / 1e6)} MB; a file may have up to ${LARGEST_FILE / 1e6} MB.`,
    );
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
}

function decoded(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Problem('data-invalid', `${name} is no text in UTF-8; save it as that.`, { cause: error });
  }
}
