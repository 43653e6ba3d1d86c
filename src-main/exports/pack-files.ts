import { zipSync, type Zippable } from 'fflate';
import type { ExportedFile } from '../files/exported-file.ts';

/** The first moment that a zip can name; a fixed one, so that the same files give the same archive. */
const MODIFIED = new Date(1980, 0, 1);

/** Files as one .zip, for a browser to download; a single file without a folder stays as it is. */
export function packFiles(files: readonly ExportedFile[], archiveName: string): ExportedFile {
  const [first] = files;
  if (first !== undefined && files.length === 1 && !first.fileName.includes('/')) return first;
  const entries: Zippable = Object.fromEntries(files.map(({ fileName, bytes }) => [fileName, bytes]));
  return {
    fileName: archiveName,
    mediaType: 'application/zip',
    bytes: zipSync(entries, { level: 6, mtime: MODIFIED }),
  };
}
