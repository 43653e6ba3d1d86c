import type { MeasuredSpeed } from './measured-speeds.ts';
import type { CostedCell } from '../studies/cell.ts';
import { speedKind } from './measured-speeds.ts';

/** What is going to be trained. */
export interface PlannedTraining {
  readonly cells: readonly (Pick<CostedCell, 'network' | 'recipe' | 'macs'> & {
    /** How many runs of the cell. */
    readonly runs: number;
  })[];
  /** Training images of one epoch. */
  readonly images: number;
  /** Trainers at once. */
  readonly jobs: number;
  /** Of each of them. */
  readonly threads: number;
}

export interface StudyEstimate {
  /** Seconds of one run of each cell; null where nothing has been measured. */
  readonly runs: readonly (number | null)[];
  /** Seconds of the whole; null where nothing has been measured. */
  readonly total: number | null;
  /** What the estimate rests on, or why there is none; for people. */
  readonly basis: string;
}

/** The measurements that a cell's speed is taken from. */
const NEAREST = 3;

/**
 * How long a study is going to train, from what has been measured on this machine with the engine and device that were
 * used last: images/s of the runs that are nearest in family, batch norm, threads, batch and multiply-accumulates, times the
 * quotient of the multiply-accumulates. Measuring on the validation and test parts is not counted; it adds a few percent.
 *
 * @param speeds the newest first
 */
export function estimateStudy(
  { cells, images, jobs, threads }: PlannedTraining,
  speeds: readonly MeasuredSpeed[],
): StudyEstimate {
  const [newest] = speeds;
  if (!newest) {
    const basis = 'Nothing has been trained on this machine yet, so the time cannot be estimated.';
    return { runs: cells.map(() => null), total: null, basis };
  }
  const usable = speeds.filter(({ engine, device }) => engine === newest.engine && device === newest.device);
  const runs = cells.map((cell) => (cell.recipe.epochs * images) / speedOf(cell, threads, usable));
  const whole = runs.reduce((sum, seconds, index) => sum + seconds * (cells[index]?.runs ?? 0), 0);
  const longest = Math.max(0, ...runs.filter((_, index) => (cells[index]?.runs ?? 0) > 0));
  return { runs, total: Math.max(whole / jobs, longest), basis: describeBasis(cells, usable, newest) };
}

/** Images/s that are to be expected. `speeds` is not empty. */
function speedOf(
  cell: PlannedTraining['cells'][number],
  threads: number,
  speeds: readonly MeasuredSpeed[],
): number {
  const kind = speedKind(cell);
  const distance = (speed: MeasuredSpeed): number =>
    // a family says more than batch norm, and that more than any difference of batch and size
    (speed.family === kind.family ? 0 : 1000) +
    (speed.batchNorm === kind.batchNorm ? 0 : 100) +
    // a trainer of more threads is faster, and there are fewer of them
    (speed.threads === threads ? 0 : 50) +
    Math.abs(Math.log2(speed.batch / kind.batch)) +
    Math.abs(Math.log2(speed.macs / cell.macs));
  const nearest = speeds
    .map((speed) => ({ speed, distance: distance(speed) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .map(({ speed }) => (speed.imagesPerSecond * speed.macs) / cell.macs)
    .sort((a, b) => a - b);
  return nearest[Math.floor(nearest.length / 2)] ?? NaN;
}

function describeBasis(
  cells: PlannedTraining['cells'],
  speeds: readonly MeasuredSpeed[],
  { engine, device }: MeasuredSpeed,
): string {
  const measured = new Set(speeds.map(({ family }) => family));
  const others = [...new Set(cells.map((cell) => speedKind(cell).family))].filter(
    (family) => !measured.has(family),
  );
  const where = `measured on this machine (${engine}, ${device})`;
  if (others.length === 0) return `Estimated from the speed of similar networks, ${where}.`;
  return `Rough estimate: no ${others.join(' or ')} has been trained here yet. It uses the speed of ${[...measured].join(' and ')}, ${where}.`;
}
