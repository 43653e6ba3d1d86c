import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** A file of the built page. */
export interface PageFile {
  /** Absolute, without symbolic links. */
  readonly file: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** Its name carries a hash of its content, so that it never changes under this name. */
  readonly hashed: boolean;
}

/** What Vite puts into a built page; anything else is none of its files. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/**
 * The file of the built page in `folder` that a URL's path names (`/` is index.html), or null where there is none:
 * also for a path that leads out of the folder, by dots or by a symbolic link, and for a type that pages do not have.
 */
export function findPageFile(folder: string, pathname: string): PageFile | null {
  const name = decoded(pathname);
  if (name === null || /[\\\0]/.test(name)) return null;
  const wanted = path.join(folder, name === '/' ? 'index.html' : name);
  const mediaType = MEDIA_TYPES[path.extname(wanted)];
  if (mediaType === undefined) return null;
  const file = realPath(wanted);
  const root = realPath(folder);
  if (file === null || root === null || !file.startsWith(root + path.sep)) return null;
  const found = statSync(file);
  if (!found.isFile()) return null;
  const hashed = path.relative(root, file).startsWith(`assets${path.sep}`);
  return { file, bytes: found.size, mediaType, hashed };
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function realPath(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}
