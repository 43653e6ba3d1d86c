import path from 'node:path';
import { whole } from '../../src-shared/numbers.ts';
import type { TextFile } from '../../src-shared/contract/page-bridge.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { LARGEST_FILE } from '../../src-shared/studies/study-limits.ts';
import { decodeText } from '../../src-shared/yaml/decode-text.ts';
import { readAtMost, whyUnread } from '../files/read-at-most.ts';

/**
 * A study file as text; a pipe will do. No more of it is read than a study file may have.
 *
 * @throws Problem `not-found` where it cannot be read, `study-invalid` where it is too large
 */
export function readStudyFile(file: string): TextFile {
  const bytes = read(file);
  if (bytes.length > LARGEST_FILE) {
    const most = whole(LARGEST_FILE);
    throw new Problem('study-invalid', `${file} is not a study file: it has more than ${most} bytes.`);
  }
  return { name: path.basename(file), text: decodeText(bytes) };
}

/** At most one byte more than a study file may have. */
function read(file: string): Uint8Array {
  try {
    return readAtMost(file, LARGEST_FILE + 1);
  } catch (error) {
    throw new Problem(
      'not-found',
      `The study file ${path.resolve(file)} cannot be read: ${whyUnread(error)}.`,
      { cause: error },
    );
  }
}
