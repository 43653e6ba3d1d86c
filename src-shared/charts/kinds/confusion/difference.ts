import { Problem } from '../../../mistakes/problem.ts';
import { compareSeeds, type SeedComparison, type SeedValue } from '../../../statistics/compare-seeds.ts';
import { mean } from '../../../statistics/interval.ts';
import { judgeComparisons } from '../../../statistics/judge-comparisons.ts';
import { claimNotes } from '../../cells/claim-notes.ts';
import {
  classNames,
  type ConfusionData,
  type ConfusionPanel,
  type ConfusionSource,
  imageNote,
  isImage,
  requireFew,
  sharesOf,
  type SquareDifference,
} from './data.ts';

/** A matrix that is the mean of those of its runs. */
export interface SeededMatrix {
  /** Of its cell, or of its only run. */
  readonly id: string;
  readonly label: string;
  readonly runs: readonly (Pick<ConfusionSource, 'run' | 'counts'> & { readonly seed: number })[];
}

interface ComparedSquare extends Pick<SquareDifference, 'shares'> {
  readonly panel: number;
  readonly row: number;
  readonly column: number;
  readonly difference: number;
  readonly comparison: SeedComparison;
}

/**
 * Matrices less one of them, square by square: the mean of the shares over seeds, paired by seed. Every square of a class with images
 * counts as a comparison, empty ones as well, as any of them could have been the one that stands out.
 *
 * @param base id of the one from which the others differ
 * @param firstStage of each other one and the base the seeds whose deviation counts, where a rule added some
 * @throws Problem `not-found` for a base without runs, `usage` where nothing differs from it or for more than can be compared
 */
export function confusionDifference(
  classes: readonly string[],
  matrices: readonly SeededMatrix[],
  base: string,
  firstStage: (id: string) => readonly number[] | undefined,
  account: Pick<ConfusionData, 'leftOut' | 'notes'>,
): ConfusionData {
  const names = classNames(
    classes,
    matrices.flatMap(({ runs }) => runs),
  );
  const from = matrices.find(({ id }) => id === base);
  if (!from)
    throw new Problem(
      'not-found',
      `None of these complete runs is or belongs to ${base}, from which the others are to differ.`,
    );
  const others = matrices.filter((matrix) => matrix !== from);
  if (others.length === 0)
    throw new Problem('usage', 'A difference needs complete runs of another cell, or another run.');
  requireFew(others.length);
  const compared = others.map((matrix) => comparedSquares(matrix, from, firstStage(matrix.id)));
  const squares = compared.flatMap((own, panel) => own.squares.map((square) => ({ ...square, panel })));
  const comparisons = squares.map(({ comparison }) => comparison);
  const count = compared.reduce((sum, { empty }) => sum + empty, squares.length);
  const judged = judgeComparisons(comparisons, null, count);
  const details = others.map(() =>
    names.map(() => new Array<SquareDifference | null>(names.length).fill(null)),
  );
  const differences = others.map(({ runs }) => emptyDifferences(runs[0]?.counts ?? []));
  for (const [place, { panel, row, column, difference, shares, comparison }] of squares.entries()) {
    const [inShares, inDetails] = [differences[panel]?.[row], details[panel]?.[row]];
    if (inShares) inShares[column] = difference;
    if (inDetails)
      inDetails[column] = {
        ...{ shares, n: comparison.n, p: comparison.test?.p ?? null },
        adjustedP: judged[place]?.adjustedP ?? null,
        isSignificant: judged[place]?.isSignificant ?? false,
      };
  }
  const panels = others.map(({ label, runs }, panel): ConfusionPanel => ({
    ...{ label, runs: runs.map(({ run }) => run), counts: [] },
    shares: differences[panel] ?? [],
  }));
  const isOfSingleRuns = matrices.every(({ runs }) => runs.length < 2);
  const claims = isOfSingleRuns
    ? ['of single runs: whether a difference is more than chance takes several seeds']
    : [...new Set(claimNotes(comparisons, judged, null, count))];
  const isAnySignificant = judged.some(({ isSignificant }) => isSignificant);
  const drawn = { classes: names, panels };
  return {
    ...{ ...drawn, leftOut: account.leftOut },
    difference: { from: from.label, squares: details },
    notes: [
      isAnySignificant && !isImage(drawn) ? 'outlined: significant' : '',
      ...claims,
      imageNote(drawn),
      ...account.notes,
    ],
  };
}

/** None, but for classes without images, of which nothing is known. */
function emptyDifferences(counts: ConfusionSource['counts']): (number | null)[][] {
  return counts.map((row) => row.map(() => (row.some((count) => count > 0) ? 0 : null)));
}

/** The squares in which there is an image, and how many more there are. */
function comparedSquares(
  own: SeededMatrix,
  from: SeededMatrix,
  firstStage: readonly number[] | undefined,
): { readonly squares: readonly Omit<ComparedSquare, 'panel'>[]; readonly empty: number } {
  const [first = [], second = []] = [own, from].map(({ runs }) =>
    runs.map(({ seed, counts }) => ({ seed, shares: sharesOf(counts) })),
  );
  const all = [...first, ...second];
  const places = Array.from({ length: own.runs[0]?.counts.length ?? 0 }, (_, place) => place);
  const known = places.filter((row) => all.every(({ shares }) => shares[row]?.[0] !== null));
  // of many classes most squares have the same few shares, an image in one seed: they are compared once
  const compared = new Map<string, ComparedShares>();
  const squares = known.flatMap((row) =>
    places
      .filter((column) => all.some(({ shares }) => shares[row]?.[column] !== 0))
      .map((column) => {
        const key = all.map(({ shares }) => shares[row]?.[column]).join();
        const valuesOf = (side: typeof first): SeedValue[] =>
          side.map(({ seed, shares }) => ({ seed, value: shares[row]?.[column] ?? NaN }));
        const found = compared.get(key) ?? compareShares(valuesOf(first), valuesOf(second), firstStage);
        compared.set(key, found);
        return { row, column, ...found };
      }),
  );
  return { squares, empty: known.length * places.length - squares.length };
}

type ComparedShares = Pick<ComparedSquare, 'shares' | 'difference' | 'comparison'>;

function compareShares(
  one: readonly SeedValue[],
  other: readonly SeedValue[],
  firstStage: readonly number[] | undefined,
): ComparedShares {
  const shares = [meanOf(one), meanOf(other)] as const;
  const comparison = compareSeeds(one, other, { firstStage });
  const difference =
    comparison.method === 'paired'
      ? mean(comparison.differences.map((pair) => pair.difference))
      : shares[0] - shares[1];
  return { shares, difference, comparison };
}

function meanOf(values: readonly SeedValue[]): number {
  return mean(values.map(({ value }) => value));
}
