import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Beside decoded pictures: their paths within the folder that they came from, in their order. */
export const FILES = 'files.json';

/** @param dataset its folder. @returns null for one that is not of pictures of a folder */
export function pictureFiles(dataset: string): string[] | null {
  if (!existsSync(join(dataset, FILES))) return null;
  return z.array(z.string()).parse(JSON.parse(readFileSync(join(dataset, FILES), 'utf8')));
}
