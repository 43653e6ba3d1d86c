import { Problem } from '../../../src-shared/contract/problem.ts';
import { isDiskFull } from '../../datasets/disk-full.ts';
import { writeWhole } from '../../files/write-whole.ts';

/**
 * Writes a file, whose folder is made if missing.
 * @throws Problem `disk-full`, or `usage` where it cannot be written
 */
export function writeFile(path: string, bytes: Uint8Array): void {
  try {
    writeWhole(path, bytes);
  } catch (error) {
    throw new Problem(
      isDiskFull(error) ? 'disk-full' : 'usage',
      `${path} cannot be written (${(error as Error).message}): free some space or give another place with --output.`,
      { cause: error },
    );
  }
}
