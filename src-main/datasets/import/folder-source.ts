import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { isLitter } from './litter.ts';
import type { ReadControl, Source, SourceEntry, SourceFile } from './source.ts';
import { byCodeUnit } from './words.ts';

/** libuv has four threads for reading and decoding; a few more wait. */
const AT_ONCE = 16;

/**
 * A folder with all below it. Links to files and to folders elsewhere are followed; those that lead back into the
 * folder, to one that holds it, or to nothing cannot be reached.
 * @param only the names of files that count, and then of this folder alone; null for all
 */
export function folderSource(root: string, only: ((name: string) => boolean) | null = null): Source {
  return {
    name: path.basename(root),
    atOnce: AT_ONCE,
    entries: (control) => new Walk(root, only, control).entries(),
  };
}

/** A folder on the way: its path in the source, and those that it lies in, itself last, by their real paths. */
interface Place {
  readonly path: string;
  readonly real: readonly string[];
}

class Walk {
  readonly #root: string;
  readonly #only: ((name: string) => boolean) | null;
  readonly #control: ReadControl;

  constructor(root: string, only: ((name: string) => boolean) | null, control: ReadControl) {
    this.#root = root;
    this.#only = only;
    this.#control = control;
  }

  /** All of it is listed first, so that it is known how much there is. */
  async *entries(): AsyncGenerator<SourceEntry> {
    const listed: SourceEntry[] = [];
    for await (const entry of this.#inFolder({ path: '', real: [fs.realpathSync(this.#root)] }))
      listed.push(entry);
    const bytesOf = (entry: SourceEntry): number => (entry.kind === 'file' ? entry.file.bytes : 0);
    const total = listed.reduce((sum, entry) => sum + bytesOf(entry), 0);
    let done = 0;
    for (const entry of listed) {
      this.#control.signal?.throwIfAborted();
      yield entry;
      this.#control.onRead?.((done += bytesOf(entry)), total);
    }
  }

  async *#inFolder(place: Place): AsyncGenerator<SourceEntry> {
    await setImmediate();
    this.#control.signal?.throwIfAborted();
    for (const entry of readFolder(path.join(this.#root, place.path))) {
      const file = place.path === '' ? entry.name : `${place.path}/${entry.name}`;
      if (this.#only !== null && !this.#only(entry.name)) continue;
      if (isLitter(entry.name)) yield { kind: 'litter', path: file };
      else if (entry.isSymbolicLink()) yield* this.#throughLink(file, place);
      else if (entry.isDirectory()) yield* this.#folder(file, [...place.real, inside(place, entry.name)]);
      else if (entry.isFile()) yield this.#file(file);
      else yield { kind: 'special', path: file };
    }
  }

  async *#folder(file: string, real: readonly string[]): AsyncGenerator<SourceEntry> {
    if (this.#only !== null) return;
    yield { kind: 'folder', path: file };
    yield* this.#inFolder({ path: file, real });
  }

  async *#throughLink(file: string, place: Place): AsyncGenerator<SourceEntry> {
    const target = followed(path.join(this.#root, file));
    if (typeof target === 'string') yield { kind: 'unreachable', path: file, why: target };
    else if (target.stat.isFile()) yield this.#file(file);
    else if (!target.stat.isDirectory()) yield { kind: 'special', path: file };
    else if (leadsBack(target.real, place.real))
      yield { kind: 'unreachable', path: file, why: 'leads back into the folder' };
    else yield* this.#folder(file, [...place.real, target.real]);
  }

  #file(file: string): SourceEntry {
    const place = path.join(this.#root, file);
    const bytes = fs.statSync(place, { throwIfNoEntry: false })?.size;
    // a name that is no UTF-8 is not the one by which the system knows the file
    if (bytes === undefined)
      return { kind: 'unreachable', path: file, why: 'cannot be opened by its name; rename it' };
    const content: SourceFile = {
      path: file,
      bytes,
      head: (wanted) => readHead(place, wanted),
      all: () => fs.promises.readFile(place),
      pieces: () => fs.createReadStream(place) as AsyncIterable<Buffer>,
    };
    return { kind: 'file', file: content };
  }
}

function inside({ real }: Place, name: string): string {
  return path.join(real.at(-1) ?? '', name);
}

function readFolder(folder: string): fs.Dirent[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .sort((one, other) => byCodeUnit(one.name, other.name));
  } catch (error) {
    throw new Problem(
      'data-invalid',
      `cannot read the folder ${folder} (${(error as Error).message}); make it readable, or remove it`,
      { cause: error },
    );
  }
}

/** What a link leads to in the end, or why to nothing. */
function followed(link: string): { readonly stat: fs.Stats; readonly real: string } | string {
  try {
    return { stat: fs.statSync(link), real: fs.realpathSync(link) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') return 'leads to itself';
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'leads nowhere' : `cannot be followed (${code})`;
  }
}

/** Whether a folder lies in the source, or holds one of those that led to the link. */
function leadsBack(real: string, way: readonly string[]): boolean {
  const [root = ''] = way;
  return isWithin(real, root) || way.some((folder) => isWithin(folder, real));
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..');
}

async function readHead(file: string, bytes: number): Promise<Buffer> {
  const handle = await fs.promises.open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
