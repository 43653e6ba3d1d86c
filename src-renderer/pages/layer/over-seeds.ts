import { nText } from '../../../src-shared/numbers.ts';
import type {
  Analysis,
  AnalysisResult,
  MeasureDescription,
} from '../../../src-shared/analysis/analysis-result.ts';
import { counted } from '../../../src-shared/counted.ts';
import { measureNumber } from '../../layers/measure-words.ts';
import { settingsKey } from '../../../src-shared/analysis/comparable-analyses.ts';
import { isUnasked } from '../../../src-shared/runs/asked.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { replicates, runsAt } from '../../../src-shared/runs/replicates.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { rangeOf } from '../../../src-shared/metrics/value-kind.ts';
import { measuredInterval } from '../../../src-shared/charts/cells/measured-interval.ts';
import type { TInterval } from '../../../src-shared/statistics/interval.ts';
import { type MeasureColumn, placeResults } from '../../layers/layer-measures.ts';

/** What a measure says about the same layer in another run of the cell. */
export interface SeedValue {
  readonly run: string;
  readonly seed: number;
  readonly value: number | null;
}

export interface OverSeeds {
  readonly others: readonly SeedValue[];
  /** Over this run and the others, as far as they have a value. */
  readonly interval: TInterval;
}

/** The numbers of another run of the cell. */
export interface SeedLookUp {
  readonly run: string;
  readonly seed: number;
  readonly valueOf: ValueOf;
}

/** The other complete runs of a run's cell that count, one for each other seed that the study's file asks for. */
export function otherSeeds(index: RunIndex, run: Pick<RunRow, 'study' | 'cell' | 'seed'>): RunRow[] {
  const rows = [...index.rows.keys()].filter((row) => {
    const other = index.rows[row];
    const isOther = other?.study === run.study && other.cell === run.cell && other.seed !== run.seed;
    // of a cell that the file no longer names no seed is asked for; they belong together all the same
    return isOther && (index.cells[row]?.asked === null || !isUnasked(index, row));
  });
  const { replicates: counting } = replicates(index, rows);
  return runsAt(index, counting).toSorted((one, other) => one.seed - other.seed);
}

/** The analyses of other runs by the same method with the same settings: only their numbers are of one kind. */
export function analysedAlike(analysis: Analysis, others: readonly Analysis[]): Analysis[] {
  const key = settingsKey(analysis.settings);
  return others.filter(
    (other) =>
      other.run !== analysis.run && other.method === analysis.method && settingsKey(other.settings) === key,
  );
}

/** Looks up a number of a whole layer in an analysis, by the key of its column. */
export type ValueOf = (column: string, layer: string | null) => number | null | undefined;

export function valuesOf(analysis: Analysis): ValueOf {
  const values = new Map(
    placeResults(analysis, 'whole').map(({ column, result }) => [keyOf(column, result.layer), result.value]),
  );
  return (column, layer) => values.get(keyOf(column, layer));
}

/**
 * A number over the seeds of the cell.
 *
 * @param lookUps of the runs that have been analysed alike
 * @param own seed of the run that has the result, and those of its cell whose deviation counts alone (see `seedInterval`)
 */
export function overSeeds(
  { key, measure }: Pick<MeasureColumn, 'key' | 'measure'>,
  { layer, value }: Pick<AnalysisResult, 'layer' | 'value'>,
  lookUps: readonly SeedLookUp[],
  own: { readonly seed: number; readonly firstStage: readonly number[] | undefined },
): OverSeeds {
  const others = lookUps.flatMap(({ run, seed, valueOf }): SeedValue[] => {
    const found = valueOf(key, layer);
    return found === undefined ? [] : [{ run, seed, value: found }];
  });
  const all = [{ seed: own.seed, value }, ...others].flatMap((each) =>
    each.value === null ? [] : [{ seed: each.seed, value: each.value }],
  );
  const of = measure.isOverSeeds ? { isOfPairs: true as const } : {};
  return { others, interval: measuredInterval(of, all, own.firstStage, rangeOf(measure)) };
}

function keyOf(column: string, layer: string | null): string {
  return JSON.stringify([column, layer]);
}

/** `0.44`, `0.41 to 0.47`, `n = 3 seeds`, or what is in the way of them. */
export function seedMeanWords(
  { interval: { n, mean, low, high } }: OverSeeds,
  kind: MeasureDescription['kind'],
): string[] {
  if (n === 0) return ['not defined in any run'];
  const isKnown = low !== null && high !== null;
  const interval = isKnown ? `${measureNumber(low, kind)} to ${measureNumber(high, kind)}` : 'no interval';
  return [measureNumber(mean, kind), interval, nText(counted(n, 'seed'))];
}
