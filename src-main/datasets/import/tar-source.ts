import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type ArchiveKind, archiveKind } from './archive-kind.ts';
import { litterOf } from './litter.ts';
import type { ReadControl, Source, SourceEntry, SourceFile } from './source.ts';

/** Bytes of the archive that are read at once. */
const PIECE = 1 << 16;

/** A tar archive, plain or compressed by gzip or zstd. @throws Problem `data-invalid` for another kind of archive */
export function tarSource(archive: string): Source {
  const kind = archiveKind(firstBytes(archive));
  if (kind !== null && kind !== 'gzip' && kind !== 'zstd') throw unreadKind(archive, kind);
  return {
    name: path.basename(archive),
    atOnce: 1,
    entries: (control) => entriesOf(archive, kind, control),
  };
}

async function* entriesOf(
  archive: string,
  kind: 'gzip' | 'zstd' | null,
  control: ReadControl,
): AsyncGenerator<SourceEntry> {
  let count = 0;
  for await (const open of new TarReading(archive, control).entries(kind)) {
    const { entry } = open;
    count++;
    const file = withoutRoot(entry.path);
    if (file === '') continue;
    const litter = litterOf(file);
    if (litter !== null) yield { kind: 'litter', path: litter };
    else if (entry.type === 'Directory') yield { kind: 'folder', path: file };
    else if (FILES.has(entry.type)) yield { kind: 'file', file: tarFile(open, file) };
    else if (entry.type === 'Link') yield aliasOf(file, entry.linkpath ?? '');
    else if (entry.type === 'SymbolicLink')
      yield aliasOf(file, path.posix.join(path.posix.dirname(file), entry.linkpath ?? ''));
    else yield { kind: 'special', path: file };
  }
  if (count === 0) throw damagedArchive(archive, new Error('no entry found'));
}

const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);

function aliasOf(file: string, target: string): SourceEntry {
  return { kind: 'alias', path: file, target: withoutRoot(path.posix.normalize(target)) };
}

/** A path of an archive without `./` or `/` before it and the `/` of a folder behind it; empty for the root itself. */
function withoutRoot(file: string): string {
  return file.replace(/^(?:\.?\/)+|^\.$/, '').replace(/\/$/, '');
}

/** The content of an entry, which comes once and in order: what has been looked at is kept. */
function tarFile(open: OpenEntry, file: string): SourceFile {
  const kept: Buffer[] = [];
  let length = 0;
  const more = async (): Promise<boolean> => {
    const piece = await open.next();
    if (piece === null) return false;
    kept.push(piece);
    length += piece.length;
    return true;
  };
  return {
    path: file,
    bytes: open.entry.size,
    head: async (bytes) => {
      while (length < bytes && (await more()));
      return Buffer.concat(kept).subarray(0, bytes);
    },
    all: async () => {
      while (await more());
      return Buffer.concat(kept);
    },
    pieces: async function* () {
      for (let piece = kept.shift(); piece !== undefined; piece = kept.shift()) yield piece;
      for (let piece = await open.next(); piece !== null; piece = await open.next()) yield piece;
    },
  };
}

/** The content of an entry as it is asked for: the parser pushes, and is held back meanwhile. */
class OpenEntry {
  readonly entry: ReadEntry;
  readonly #pieces: Buffer[] = [];
  #isDropped = false;
  #failure: Error | null = null;
  #wake: () => void = () => undefined;

  constructor(entry: ReadEntry) {
    this.entry = entry;
    entry.on('data', (piece: Buffer) => {
      if (this.#isDropped) return;
      this.#pieces.push(piece);
      entry.pause();
      this.#wake();
    });
    entry.on('end', () => this.#wake());
    // the parser is told as well, and so is who reads
    entry.on('error', () => undefined);
    entry.pause();
  }

  /** The next piece of its content; null at its end. @throws what `fail` was given */
  async next(): Promise<Buffer | null> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const piece = this.#pieces.shift();
      if (piece !== undefined) return piece;
      if (this.entry.emittedEnd) return null;
      await this.#change();
    }
  }

  /** Lets go by what nobody wanted of it. */
  async pass(): Promise<void> {
    this.#isDropped = true;
    while (!this.entry.emittedEnd && this.#failure === null) await this.#change();
  }

  /** Nothing more comes. */
  fail(error: Error): void {
    this.#failure = error;
    this.entry.destroy(error);
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.entry.resume();
    });
  }
}

/** The entries of an archive, of which one is under way at a time. */
class TarReading {
  readonly #archive: string;
  readonly #control: ReadControl;
  readonly #parser: Parser;
  readonly #waiting: OpenEntry[] = [];
  #current: OpenEntry | null = null;
  #failure: Error | null = null;
  #isAtEnd = false;
  /** The end mark has come: the parser would gather whatever is behind it. */
  #isMarked = false;
  /** Called when something of the above has changed. */
  #wake: () => void = () => undefined;
  /** Called when the parser takes more, or nothing is to be given to it any more. */
  #goOn: () => void = () => undefined;

  constructor(archive: string, control: ReadControl) {
    this.#archive = archive;
    this.#control = control;
    this.#parser = new Parser({ strict: true, onReadEntry: (entry: ReadEntry) => this.#open(entry) });
    this.#parser.on('error', (error: Error) => this.#fail(error));
    this.#parser.on('drain', () => this.#goOn());
    this.#parser.on('eof', () => (this.#isMarked = true));
    this.#parser.on('end', () => {
      // between two entries the parser takes any end for the end
      if (!this.#isMarked) this.#fail(new Error('it has no end mark'));
      this.#isAtEnd = true;
      this.#wake();
    });
  }

  async *entries(kind: 'gzip' | 'zstd' | null): AsyncGenerator<OpenEntry> {
    const feeding = this.#feed(kind);
    try {
      for (;;) {
        if (this.#failure !== null) throw this.#failure;
        const open = this.#waiting.shift();
        if (open !== undefined) {
          this.#current = open;
          yield open;
          await open.pass();
          this.#current = null;
        } else if (this.#isAtEnd) {
          return;
        } else {
          await new Promise<void>((resolve) => (this.#wake = resolve));
        }
      }
    } finally {
      // Nothing goes on in the background, whoever leaves.
      this.#fail(new Error('reading was interrupted'));
      await feeding;
    }
  }

  #open(entry: ReadEntry): void {
    this.#waiting.push(new OpenEntry(entry));
    this.#wake();
  }

  /** Gives the archive to the parser, no faster than it is taken. */
  async #feed(kind: 'gzip' | 'zstd' | null): Promise<void> {
    const { signal, onRead } = this.#control;
    const { size } = fs.statSync(this.#archive);
    const file = fs.createReadStream(this.#archive, { highWaterMark: PIECE });
    try {
      for await (const piece of plainBytes(file, kind)) {
        signal?.throwIfAborted();
        if (this.#failure !== null) return;
        if (this.#isMarked) break;
        onRead?.(file.bytesRead, size);
        if (!this.#parser.write(piece)) await new Promise<void>((resolve) => (this.#goOn = resolve));
      }
      if (this.#failure === null) this.#parser.end();
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      file.destroy();
    }
  }

  #fail(error: Error): void {
    if (this.#failure !== null) return;
    const { signal } = this.#control;
    this.#failure = signal?.aborted ? (signal.reason as Error) : damagedArchive(this.#archive, error);
    // The parser leaves the entry that it was in open when the archive breaks there.
    this.#current?.fail(this.#failure);
    this.#goOn();
    this.#wake();
  }
}

function plainBytes(file: fs.ReadStream, kind: 'gzip' | 'zstd' | null): AsyncIterable<Buffer> {
  if (kind === null) return file as AsyncIterable<Buffer>;
  const plain = kind === 'gzip' ? zlib.createGunzip() : zlib.createZstdDecompress();
  file.once('error', (error) => plain.destroy(error));
  return file.pipe(plain) as AsyncIterable<Buffer>;
}

function firstBytes(file: string): Uint8Array {
  const handle = fs.openSync(file, 'r');
  try {
    const bytes = new Uint8Array(8);
    return bytes.subarray(0, fs.readSync(handle, bytes, 0, bytes.length, 0));
  } finally {
    fs.closeSync(handle);
  }
}

const UNPACKERS: Readonly<Record<Exclude<ArchiveKind, 'gzip' | 'zstd'>, string>> = {
  bzip2: 'tar -xjf',
  xz: 'tar -xJf',
  zip: 'unzip',
  '7z': '7z x',
  rar: 'unrar x',
};

function unreadKind(archive: string, kind: keyof typeof UNPACKERS): Problem {
  return new Problem(
    'data-invalid',
    `${archive} is packed with ${kind}, which is not supported (tar is, plain or compressed with gzip or zstd). Unpack it (${UNPACKERS[kind]} ${path.basename(archive)}) and give the folder.`,
  );
}

function damagedArchive(archive: string, cause: Error): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem(
    'data-invalid',
    `cannot read ${archive} as a tar archive (${cause.message}). It is truncated, corrupt or not a tar archive; get it again, or give a folder.`,
    { cause },
  );
}
