import type { Analysis, MethodDescription } from '../../../analysis/analysis-result.ts';
import { mean, RANGES, type TInterval } from '../../../statistics/interval.ts';
import { seedInterval } from '../../../statistics/seed-interval.ts';
import { leftOutText } from '../../cells/account-notes.ts';
import { countText, type MeanCount } from '../../cells/count-text.ts';
import { type UnmarkedCell, unmarkedCells } from '../../cells/left-out-cells.ts';
import { type CellTable, type MeasuredCell, type MeasuredRun, cellText } from '../../cells/measured-cell.ts';
import { analysedRuns } from '../../layers/analysed-runs.ts';

export const COMPRESSION_METHOD = 'deep-compression';

/** The stages of Deep Compression, and the measures that tell of each. */
const STAGES = [
  { label: 'float32', bytes: 'bytes-float32', accuracy: null },
  { label: 'pruned', bytes: 'bytes-pruned', accuracy: 'accuracy-retrained' },
  { label: 'shared', bytes: 'bytes-shared', accuracy: 'accuracy-shared' },
  // coding changes no weight
  { label: 'Huffman-coded', bytes: 'bytes-coded', accuracy: 'accuracy-shared' },
] as const;

export interface CompressionStage {
  readonly label: string;
  readonly bytes: TInterval;
  /** Test accuracy after the stage. */
  readonly accuracy: TInterval;
  readonly runs: readonly (MeasuredRun & { readonly accuracy: number | null })[];
  /** Whether it is of an imported network. */
  readonly isImported: boolean;
}

export interface CompressedCell {
  readonly label: string;
  readonly stages: readonly CompressionStage[];
  /** Bytes as float32 over bytes coded, from the means. */
  readonly ratio: number | null;
  /** Mean bytes of each part of the coded network, by name. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
  readonly cell: string;
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
}

export interface CompressionData {
  readonly stages: readonly string[];
  readonly cells: readonly CompressedCell[];
  readonly unmarked: readonly UnmarkedCell[];
  readonly notes: readonly string[];
}

/**
 * Bytes and accuracy of each cell's networks after each stage of Deep Compression, means over the seeds.
 *
 * @throws Problem `usage` where nothing is known of these runs.
 */
export function compressionData(
  table: CellTable,
  analyses: readonly Analysis[],
  methods: readonly MethodDescription[],
): CompressionData {
  const { byRun, notes } = analysedRuns(table, analyses, COMPRESSION_METHOD, 'Deep Compression');
  const measures = methods.find(({ name }) => name === COMPRESSION_METHOD)?.measures ?? [];
  const cells = table.cells.flatMap((cell): CompressedCell[] => {
    const { id, measured, leftOut } = cell;
    const known = measured.flatMap((run) => {
      const analysis = byRun.get(run.run);
      return analysis ? [{ run, valueOf: wholeNetwork(analysis) }] : [];
    });
    if (known.length === 0) return [];
    const isImported = cell.isImported === true;
    const stages = STAGES.map((stage) => ({ ...compressionStage(stage, known, cell), isImported }));
    const [first, last] = [stages[0]?.bytes.mean, stages.at(-1)?.bytes.mean];
    const parts = measures
      .filter(({ name }) => name.startsWith('bytes-of-'))
      .map(({ name }) => ({
        name: name.slice('bytes-of-'.length),
        bytes: mean(known.map(({ valueOf }) => valueOf(name).value ?? NaN)),
      }));
    return [
      {
        label: cellText(table.varying, cell),
        stages,
        ratio: first && last ? first / last : null,
        parts,
        ...{ cell: id, leftOut: leftOutText(leftOut) },
      },
    ];
  });
  const count = countText(cells.flatMap((cell) => cell.stages.map(countOf)));
  const unmarked = unmarkedCells(
    table,
    cells.map(({ cell }) => cell),
  );
  return { stages: STAGES.map(({ label }) => label), cells, unmarked, notes: [count, ...notes] };
}

/** What a stage's mean is of: a bar is one cell. */
export function countOf({ bytes, isImported }: Pick<CompressionStage, 'bytes' | 'isImported'>): MeanCount {
  return { seeds: bytes.n, cells: 1, isImported };
}

interface KnownRun {
  readonly run: MeasuredRun;
  readonly valueOf: (measure: string) => { readonly value: number | null; readonly trained: number | null };
}

function wholeNetwork({ results }: Analysis): KnownRun['valueOf'] {
  const found = new Map(
    results.filter(({ layer }) => layer === null).map((result) => [result.measure, result]),
  );
  return (measure) => ({
    value: found.get(measure)?.value ?? null,
    trained: found.get(measure)?.baselines['trained'] ?? null,
  });
}

function compressionStage(
  { label, bytes, accuracy }: (typeof STAGES)[number],
  known: readonly KnownRun[],
  { decision }: MeasuredCell,
): Omit<CompressionStage, 'isImported'> {
  const runs = known.flatMap(({ run, valueOf }) => {
    const { value } = valueOf(bytes);
    if (value === null) return [];
    const score =
      accuracy === null
        ? valueOf('accuracy-shared').trained
        : (valueOf(accuracy).value ?? valueOf('accuracy-pruned').value);
    return [{ ...run, value, accuracy: score }];
  });
  return {
    label,
    runs,
    bytes: seedInterval(runs, decision?.firstStage, RANGES['not negative']),
    accuracy: seedInterval(
      runs.flatMap(({ seed, accuracy: value }) => (value === null ? [] : [{ seed, value }])),
      decision?.firstStage,
      RANGES.share,
    ),
  };
}
