import { withUsersUmask } from '../../files/umask.ts';
import { writeProblem } from '../../files/write-problem.ts';
import { writeWhole } from '../../files/write-whole.ts';

/**
 * Writes a file, whose folder is made if missing.
 * @throws Problem `disk-full`, or `usage` where it cannot be written
 */
export function writeFile(path: string, bytes: Uint8Array): void {
  try {
    withUsersUmask(() => writeWhole(path, bytes));
  } catch (error) {
    throw writeProblem(error, path, 'Free some space, or choose another file with --output.');
  }
}
