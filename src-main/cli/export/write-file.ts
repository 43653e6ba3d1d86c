import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { isDiskFull } from '../../datasets/disk-full.ts';

/**
 * Writes a file, whose folder is made if missing.
 * @throws Problem `disk-full`, or `usage` where it cannot be written
 */
export function writeFile(path: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } catch (error) {
    throw new Problem(
      isDiskFull(error) ? 'disk-full' : 'usage',
      `${path} cannot be written (${(error as Error).message}): free some space or give another place with --output.`,
      { cause: error },
    );
  }
}
