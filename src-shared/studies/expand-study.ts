import { Problem } from '../contract/problem.ts';
import { randomStream } from '../random.ts';
import type { Cell, FactorValue, Factors } from './cell.ts';
import { makeCell } from './make-cell.ts';
import type { Design, StudyDefinition } from './study-definition.ts';

/** More cells than this are a mistake in the file rather than a study. */
const MOST_CELLS = 20_000;

/**
 * The cells of a study. A grid runs through the factors in the order of the file, the last one fastest; a
 * sample keeps that order; a list keeps its own.
 *
 * @throws Problem `study-invalid` or `network-invalid`, naming the factors, for a combination that cannot be,
 *   two that compute the same, or too many.
 */
export function expandStudy(definition: StudyDefinition): Cell[] {
  const seen = new Map<string, Factors>();
  return factorsOf(definition.design).map((factors) => {
    const cell = cellOf(definition, factors);
    const same = seen.get(cell.id);
    if (same) {
      throw new Problem(
        'study-invalid',
        `The cells ${showFactors(same)} and ${showFactors(factors)} compute the same: leave one of them out.`,
      );
    }
    seen.set(cell.id, factors);
    return cell;
  });
}

/** `{ network.sr: 0.5, training.augment: ["crop"] }` */
export function showFactors(factors: Factors): string {
  const entries = Object.entries(factors).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{ no factors }';
}

function cellOf(definition: StudyDefinition, factors: Factors): Cell {
  try {
    return makeCell(definition, factors);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.code, `In the cell ${showFactors(factors)}: ${error.message}`, { cause: error });
  }
}

function factorsOf(design: Design): Factors[] {
  if (design.kind === 'list') return [...design.cells];
  const factors = Object.entries(design.vary);
  const size = factors.reduce((product, [, values]) => product * values.length, 1);
  const wanted = Math.min(size, design.sample?.cells ?? size);
  if (wanted > MOST_CELLS) {
    throw new Problem(
      'study-invalid',
      `vary: ${wanted} combinations are more than the ${MOST_CELLS} that a study may have; sample: { cells: 100 } draws some of them.`,
    );
  }
  const indices = design.sample
    ? drawIndices(size, wanted, design.sample.seed)
    : Array.from({ length: size }, (_, i) => i);
  return indices.map((index) => combination(factors, index));
}

/** The combination at a place of the grid: its digits, each to the base of its factor's number of values. */
function combination(
  factors: readonly (readonly [string, readonly FactorValue[]])[],
  index: number,
): Factors {
  let rest = index;
  const entries = factors.toReversed().map(([path, values]) => {
    const value = values[rest % values.length] ?? null;
    rest = Math.floor(rest / values.length);
    return [path, value] as const;
  });
  return Object.fromEntries(entries.toReversed());
}

/**
 * Places drawn without replacement, ascending: the first steps of a Fisher-Yates shuffle, of which only the
 * moved entries are kept. A larger sample with the same seed holds the smaller one, so that it adds cells only.
 */
function drawIndices(size: number, count: number, seed: number): number[] {
  const stream = randomStream(seed, 'sample of cells');
  const moved = new Map<number, number>();
  const drawn = Array.from({ length: count }, (_, place) => {
    const other = place + stream.integer(size - place);
    const index = moved.get(other) ?? other;
    moved.set(other, moved.get(place) ?? place);
    return index;
  });
  return drawn.sort((a, b) => a - b);
}
