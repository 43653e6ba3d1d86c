import { bridge } from '../connection/desktop-transport.ts';
import { packFiles, type PlacedFile, singleFile } from './packed-files.ts';
import type { Find } from './use-upload.ts';

/** What was dropped: entries of the file system where the browser has them, which must be asked for during the drop. */
function entriesOf(dropped: DataTransfer | null): FileSystemEntry[] {
  return [...(dropped?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** Files that are asked for at a time. */
const AT_ONCE = 64;

/**
 * All files of what was dropped, with their paths below it.
 * @param onFound told how many there are so far
 */
async function filesBelow(
  entries: readonly FileSystemEntry[],
  onFound: (count: number) => void,
  signal: AbortSignal,
): Promise<PlacedFile[]> {
  const files: PlacedFile[] = [];
  const waiting = [...entries];
  while (waiting.length > 0) {
    signal.throwIfAborted();
    const some = waiting.splice(-AT_ONCE);
    const folders = some.filter(isFolder);
    files.push(...(await Promise.all(some.filter((entry) => !isFolder(entry)).map(placed))));
    // a folder may have more than a call can have arguments
    for (const child of (await Promise.all(folders.map(childrenOf))).flat()) waiting.push(child);
    onFound(files.length);
  }
  // the same folder is the same tar
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A browser gives them some at a time, until it gives none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function placed(entry: FileSystemEntry): Promise<PlacedFile> {
  const file = await new Promise<File>((resolve, reject) => {
    (entry as FileSystemFileEntry).file(resolve, reject);
  });
  return { path: entry.fullPath.replace(/^\//, ''), file, bytes: file.size };
}

/** What is to be added: a path of this machine where the window tells it, else files that are sent. */
export type Dropped =
  | { readonly kind: 'path'; readonly name: string; readonly path: string }
  | { readonly kind: 'files'; readonly name: string; readonly find: Find };

/** To be called during the drop: afterwards the browser says nothing of it any more. */
export function droppedThings(files: readonly File[], transfer: DataTransfer | null): Dropped | null {
  const [first] = files;
  if (first === undefined) return null;
  const path = bridge?.pathOf(first) ?? '';
  // of several files of one data set any one is named
  if (path !== '') return { kind: 'path', name: first.name, path };
  const entries = entriesOf(transfer);
  const [only] = entries;
  if (only === undefined) return chosenFiles(files);
  if (entries.length === 1 && only.isFile) return single(first);
  const name = entries.length === 1 ? only.name : 'files';
  return {
    kind: 'files',
    name,
    find: async (onFound, signal) => packFiles(`${name}.tar`, await filesBelow(entries, onFound, signal)),
  };
}

/** Files that were chosen in the browser's dialog; those of a folder have their paths. */
export function chosenFiles(files: readonly File[]): Dropped | null {
  const [first] = files;
  if (first === undefined) return null;
  if (files.length === 1 && first.webkitRelativePath === '') return single(first);
  const placed = files.map((file) => ({
    path: file.webkitRelativePath || file.name,
    file,
    bytes: file.size,
  }));
  const name = first.webkitRelativePath.split('/')[0] || 'files';
  return { kind: 'files', name, find: () => Promise.resolve(packFiles(`${name}.tar`, placed)) };
}

function single(file: File): Dropped {
  return { kind: 'files', name: file.name, find: () => Promise.resolve(singleFile(file.name, file)) };
}
