import fs from 'node:fs';
import path from 'node:path';
import type { ReadEntry } from 'tar';
import { Parser } from 'tar';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { InFlight } from './in-flight.ts';

/** What is done with the files of a source. Paths are relative to it, with forward slashes. */
export interface SourceVisitor {
  /** Whether folders below a source that is a folder are looked into. */
  readonly deep: boolean;
  /** Whether the file's bytes are wanted. */
  accepts(file: string): boolean;
  /** Told of every wanted file; several may be under way at once, in any order. */
  file(file: string, bytes: Buffer): Promise<void>;
  /** Told of every folder, empty ones included. */
  folder(folder: string): void;
  /** Bytes of the source read so far, and in all. */
  read(done: number, total: number): void;
}

/** Files whose handling may be under way at once; decoding uses libuv's four threads. */
const AT_ONCE = 64;

/**
 * Reads a folder (with all below it, if the visitor is deep) or a tar archive, plain or compressed by gzip, in one pass.
 * @throws Problem `not-found` if there is nothing of that name, `data-invalid` if the archive is damaged
 */
export async function readSource(
  from: string,
  visitor: SourceVisitor,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stat = fs.statSync(from, { throwIfNoEntry: false });
  if (stat === undefined) throw new Problem('not-found', `there is no file or folder ${from}`);
  const files = new InFlight(AT_ONCE);
  try {
    if (stat.isDirectory()) await readFolder(from, visitor, files, signal);
    else await readTar(from, stat.size, visitor, files, signal);
  } finally {
    // Whatever went wrong, nothing goes on in the background; the first error is the one that is told.
    await files.drain().catch(() => undefined);
  }
  await files.drain();
}

async function readFolder(
  root: string,
  visitor: SourceVisitor,
  files: InFlight,
  signal: AbortSignal | undefined,
): Promise<void> {
  const found: { readonly file: string; readonly bytes: number }[] = [];
  for (const entry of fs.readdirSync(root, { recursive: visitor.deep, encoding: 'utf8' }).sort()) {
    const file = entry.split(path.sep).join('/');
    const stat = fs.statSync(path.join(root, entry), { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) visitor.folder(file);
    else if (stat?.isFile() === true && visitor.accepts(file)) found.push({ file, bytes: stat.size });
  }
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { file, bytes } of found) {
    signal?.throwIfAborted();
    await files.room();
    const content = fs.promises.readFile(path.join(root, file));
    files.add(content.then((buffer) => visitor.file(file, buffer)));
    done += bytes;
    visitor.read(done, total);
  }
}

async function readTar(
  archive: string,
  total: number,
  visitor: SourceVisitor,
  files: InFlight,
  signal: AbortSignal | undefined,
): Promise<void> {
  let failure: Error | null = null;
  let entries = 0;
  // The parser leaves the file that it was in open when the archive breaks there, or when the reading is stopped.
  const open = new Set<ReadEntry>();
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      entries += 1;
      const file = entry.path.replace(/^(?:\.\/)+/, '').replace(/\/$/, '');
      if (entry.type === 'Directory') visitor.folder(file);
      const isFile = entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile';
      if (isFile && visitor.accepts(file)) {
        open.add(entry);
        entry.once('end', () => open.delete(entry));
        files.add(entry.concat().then((bytes) => visitor.file(file, Buffer.from(bytes))));
      } else {
        entry.resume();
      }
    },
  });
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve);
    parser.on('error', (error: Error) => {
      failure ??= error;
      resolve();
    });
  });
  try {
    let done = 0;
    for await (const chunk of fs.createReadStream(archive, { highWaterMark: 1 << 16 })) {
      signal?.throwIfAborted();
      if (!parser.write(chunk as Buffer)) await Promise.race([drained(parser), ended]);
      if (failure !== null) break;
      done += (chunk as Buffer).length;
      visitor.read(done, total);
      await files.room();
    }
    if (failure === null) {
      parser.end();
      await ended;
    }
  } finally {
    for (const entry of open) entry.destroy(new Error(`the reading of ${entry.path} was cut off`));
  }
  if (failure !== null) throw damagedArchive(archive, failure);
  if (entries === 0) throw damagedArchive(archive, new Error('no entry found'));
}

function drained(parser: Parser): Promise<void> {
  return new Promise((resolve) => parser.once('drain', resolve));
}

function damagedArchive(archive: string, cause: Error): Problem {
  const hint = archive.endsWith('.zip')
    ? 'A zip is not read: unpack it and give the folder.'
    : 'It is truncated, corrupt, or no tar archive; get it again, or give a folder.';
  return new Problem('data-invalid', `cannot read ${archive} as a tar archive (${cause.message}). ${hint}`, {
    cause,
  });
}
