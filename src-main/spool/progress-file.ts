import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { trainingProgressSchema, type TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import { patiently, unlessMissing } from './patiently.ts';
import { DamagedFile, parseJson } from './spool-files.ts';

/** Milliseconds in which what is told is gathered. */
const GATHER_MS = 250;

/** What an attempt has told, one JSON a line; it has one writer. */
export class ProgressWriter {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #waiting: Buffer = Buffer.alloc(0);
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #isFinished = false;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @throws an error of the file system */
  static async open(file: string): Promise<ProgressWriter> {
    return new ProgressWriter(await open(file, 'wx'));
  }

  /** What comes after `finish`, as of a resume checkpoint that was made beside the last steps, is no part of it. */
  add(progress: TrainingProgress): void {
    if (this.#isFinished) return;
    this.#waiting = Buffer.concat([this.#waiting, Buffer.from(`${JSON.stringify(progress)}\n`)]);
    // an error stays for who closes; what was not written is tried again with the next
    this.#timer ??= setTimeout(() => void this.#flush().catch(() => undefined), GATHER_MS);
  }

  /** All that was added is on the disk then. @throws an error of the file system */
  async toDisk(): Promise<void> {
    await this.#flush();
    await this.#handle.sync();
  }

  /** As `toDisk`. @returns what there is */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    this.#isFinished = true;
    await this.toDisk();
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  #flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  /** At its place and not at the end: what a late server is asked twice is there once. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const piece = this.#waiting;
      const { bytesWritten } = await patiently(() => this.#handle.write(piece, 0, piece.length, this.#bytes));
      this.#hash.update(piece.subarray(0, bytesWritten));
      this.#bytes += bytesWritten;
      this.#waiting = this.#waiting.subarray(bytesWritten);
    }
  }
}

/** Reads what an attempt has told, line by line as it comes. */
export class ProgressTail {
  readonly #file: string;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #isDamaged = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** So many have been read as whole lines. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Of these bytes. */
  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Whether the next line is whole and cannot be read: it may be late, or be damaged. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** The whole lines that have come since; none where there is no such file. @throws an error of the file system */
  async read(): Promise<TrainingProgress[]> {
    const text = await unlessMissing(() => readFrom(this.#file, this.#bytes));
    this.#isDamaged = false;
    const told: TrainingProgress[] = [];
    for (let start = 0; text !== null;) {
      const end = text.indexOf(NEW_LINE, start) + 1;
      if (end === 0) break;
      const line = text.subarray(start, end);
      const progress = this.#parse(line);
      if (progress === null) break;
      told.push(progress);
      this.#hash.update(line);
      this.#bytes += line.length;
      start = end;
    }
    return told;
  }

  /** Bytes that a server has not got yet are read as zeros. */
  #parse(line: Buffer): TrainingProgress | null {
    try {
      return parseJson(this.#file, line.toString(), trainingProgressSchema);
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      this.#isDamaged = true;
      return null;
    }
  }
}

const NEW_LINE = 10;

/** Opened anew each time: that is when a network file system asks its server what there is. */
async function readFrom(file: string, position: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - position));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
