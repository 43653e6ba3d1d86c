import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The published file, which is no part of the program: beside the checkout, where it is kept. */
export const PUBLISHED_FILE = join(
  import.meta.dirname,
  '../../../../shared/data/squeezenet-v1.0-deep-compressed.net',
);

/** What `test` takes as `skip`: why the tests of the published file cannot run here, or false. */
export const withoutPublishedFile = existsSync(PUBLISHED_FILE) ? false : `${PUBLISHED_FILE} is not here`;

export function publishedBytes(): Uint8Array {
  return readFileSync(PUBLISHED_FILE);
}
