/** What operating systems and programs leave in folders of pictures, besides everything that begins with a dot. */
const LITTER = new Set([
  '__macosx',
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
]);

/** Whether the name of a file or folder says that it, with all below it, is no part of a data set. */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || LITTER.has(name.toLowerCase());
}

/** The outermost file or folder of a path that is litter, as a path; null where none is. */
export function litterOf(path: string): string | null {
  const names = path.split('/');
  const first = names.findIndex(isLitter);
  return first < 0 ? null : names.slice(0, first + 1).join('/');
}
