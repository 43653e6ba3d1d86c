import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ResultOf } from '../../src-shared/contract/api/index.ts';
import { leadingComment } from '../../src-shared/studies/leading-comment.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'resources', 'studies');

/** The studies that come with the program, in alphabetical order; the leading comment says what they are for. */
export function exampleStudies(): ResultOf<'studies.examples'> {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      return { name: basename(file, '.yaml'), text, about: leadingComment(text) };
    });
}
