import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../src-shared/counted.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { whyUnread } from '../files/read-at-most.ts';

/** What the outputs of a network stand for, in their order. */
export interface ClassList {
  readonly names: readonly string[];
  /** Their WordNet ids, e.g. `n01440764`; null where they are not known. */
  readonly wordnetIds: readonly string[] | null;
}

/** The 1,000 classes of ImageNet, in the order of their ids, which networks are published with. */
const IMAGENET = join(import.meta.dirname, '..', '..', 'resources', 'classes', 'imagenet.txt');

/** A WordNet id, then the name. */
const WITH_ID = /^(n\d{8})[\s,]+(.+)$/;

/**
 * The classes of a network of so many outputs.
 * @param wanted `imagenet`, `numbers`, or a file with a class a line, each with its WordNet id before it or none; if null,
 *   those of ImageNet for 1,000 outputs and numbers for others
 * @throws Problem `not-found` for a file that cannot be read, `data-invalid` where it has another number of classes, or
 *   one twice
 */
export function classList(outputs: number, wanted: string | null): ClassList {
  const chosen = wanted ?? (outputs === 1000 ? 'imagenet' : 'numbers');
  if (chosen === 'numbers') return numbered(outputs);
  const file = chosen === 'imagenet' ? IMAGENET : chosen;
  const lines = linesOf(file);
  const unlike = `${chosen} has ${counted(lines.length, 'class', 'classes')}, but the network ${outputs}: give the file that belongs to it, or`;
  if (lines.length !== outputs)
    throw new Problem('data-invalid', `${unlike} --classes numbers.`, { fact: `${unlike} “numbers”.` });
  const pairs = lines.map((line) => WITH_ID.exec(line));
  const ids = pairs.flatMap((pair) => pair?.[1] ?? []);
  const names = lines.map((line, index) => pairs[index]?.[2] ?? line);
  const again = names.findIndex((name, index) => names.indexOf(name) < index);
  if (again >= 0)
    throw new Problem(
      'data-invalid',
      `${chosen}, line ${again + 1}: the class ${names[again]} stands there twice.`,
    );
  return { names, wordnetIds: ids.length === outputs ? ids : null };
}

function numbered(outputs: number): ClassList {
  return { names: Array.from({ length: outputs }, (_, index) => `class ${index}`), wordnetIds: null };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (error) {
    throw new Problem('not-found', `The classes in ${file} cannot be read: ${whyUnread(error)}.`, {
      cause: error,
    });
  }
}
