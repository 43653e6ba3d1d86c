import { whole } from '../numbers.ts';
import type { Mistake, Path } from '../mistakes/mistake.ts';
import { MOST_SEEDS } from '../most-seeds.ts';
import { MOST_CELLS } from './study-limits.ts';

/**
 * Lists that are longer than a study can have, in a file that has not been checked otherwise: to check each of a million
 * values takes long, and to say that there are too many does not.
 */
export function checkCounts(input: object): Mistake[] {
  const { vary, cells, seeds, extraSeeds } = input as Readonly<Record<string, unknown>>;
  const factors = typeof vary === 'object' && vary !== null ? Object.entries(vary) : [];
  return [
    ...factors.flatMap(([path, values]) => tooLong(['vary', path], values, MOST_CELLS, 'values')),
    ...tooLong(['cells'], cells, MOST_CELLS, 'cells'),
    ...tooLong(['seeds'], seeds, MOST_SEEDS, 'seeds'),
    ...tooLong(['extraSeeds'], extraSeeds, MOST_CELLS, 'entries'),
  ];
}

function tooLong(path: Path, list: unknown, most: number, what: string): Mistake[] {
  if (!Array.isArray(list) || list.length <= most) return [];
  const message = `${shown(list.length)} ${what} are more than the limit of ${shown(most)}.`;
  return [{ path, value: undefined, message }];
}

function shown(count: number): string {
  return whole(count);
}
