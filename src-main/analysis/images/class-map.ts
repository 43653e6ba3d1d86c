import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { readYaml } from '../../../src-shared/yaml/read-yaml.ts';
import { whyUnread } from '../../files/read-at-most.ts';

/** Of each folder of pictures the class that they show: its name, WordNet id or number. */
export type ClassMap = ReadonlyMap<string, string>;

/**
 * Reads a map from folders to classes: YAML or JSON (`folder: class`), or CSV (a folder, a comma and its class on each line;
 * the heading `folder,class` is none of them).
 * @throws Problem `not-found` for a file that cannot be read, `data-invalid` with the line of what is no such pair
 */
export function readClassMap(file: string): ClassMap {
  const text = textOf(file);
  const pairs = extname(file).toLowerCase() === '.csv' ? csvPairs(file, text) : yamlPairs(file, text);
  if (pairs.length > 0) return new Map(pairs);
  throw new Problem('data-invalid', `${file} has no folder: write \`folder: class\`, one on each line.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Problem('not-found', `The classes in ${file} cannot be read: ${whyUnread(error)}.`, {
      cause: error,
    });
  }
}

type Pair = readonly [folder: string, ofNetwork: string];

const HEADING = /^\W*folder\W*,\W*class\W*$/i;

function csvPairs(file: string, text: string): Pair[] {
  return text.split(/\r?\n/).flatMap((line, index): Pair[] => {
    if (line.trim() === '' || (index === 0 && HEADING.test(line))) return [];
    const pair = /^\s*"?([^",]+?)"?\s*,\s*"?([^"]+?)"?\s*$/.exec(line);
    if (pair?.[1] !== undefined && pair[2] !== undefined) return [[pair[1], pair[2]]];
    throw new Problem('data-invalid', `${file}, line ${index + 1}: write a folder, a comma and its class.`);
  });
}

function yamlPairs(file: string, text: string): Pair[] {
  const read = readYaml(text);
  if (!read.ok) {
    const [first] = read.mistakes;
    throw new Problem('data-invalid', `${file}, line ${first?.line ?? 1}: ${first?.message ?? 'no YAML.'}`);
  }
  const { value, lineOf } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem('data-invalid', `${file}: write \`folder: class\`, one on each line.`);
  return Object.entries(value).map(([folder, named]): Pair => {
    if (typeof named === 'string' || typeof named === 'number') return [folder, String(named)];
    throw new Problem(
      'data-invalid',
      `${file}, line ${lineOf([folder]) ?? 1}: of ${folder} give the name, the WordNet id or the number of a class.`,
    );
  });
}
