import { counted } from '../counted.ts';
import type { MeasuredSpeed } from './measured-speeds.ts';
import type { CostedCell } from '../studies/cell.ts';
import { speedKind } from './measured-speeds.ts';

/** What complete runs of one cell took in the mean. */
export interface CellTime {
  readonly seconds: number;
  readonly runs: number;
}

/** What is going to be trained. */
export interface PlannedTraining {
  readonly cells: readonly (Pick<CostedCell, 'network' | 'recipe' | 'macs'> & {
    /** How many runs of the cell. */
    readonly runs: number;
    /** What runs of the very same cell took here (`cellTimes`); absent where there are none. */
    readonly known?: CellTime;
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
 * used last: what runs of the same cell took, or else images/s of the runs of the same family that are nearest in batch norm,
 * threads, batch and multiply-accumulates, times the quotient of the multiply-accumulates. With these, measuring on the
 * validation and test parts is not counted; it adds a few percent. Of a family that was not trained nothing is claimed.
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
  const runs = cells.map((cell) => {
    if (cell.known) return cell.known.seconds;
    const speed = speedOf(cell, threads, usable);
    return speed === null ? null : (cell.recipe.epochs * images) / speed;
  });
  const open = cells.filter((cell) => cell.runs > 0);
  const basis = describeBasis(open.length > 0 ? open : cells, usable, newest);
  const wanted = runs.filter((_, index) => (cells[index]?.runs ?? 0) > 0);
  if (wanted.includes(null)) return { runs, total: null, basis };
  const whole = runs.reduce<number>(
    (sum, seconds, index) => sum + (seconds ?? 0) * (cells[index]?.runs ?? 0),
    0,
  );
  const longest = Math.max(0, ...wanted.map((seconds) => seconds ?? 0));
  return { runs, total: Math.max(whole / jobs, longest), basis };
}

/** Images/s that are to be expected; null where no network of the family was measured. */
function speedOf(
  cell: PlannedTraining['cells'][number],
  threads: number,
  speeds: readonly MeasuredSpeed[],
): number | null {
  const kind = speedKind(cell);
  const distance = (speed: MeasuredSpeed): number =>
    // batch norm and precision say more than any difference of batch and size
    (speed.batchNorm === kind.batchNorm ? 0 : 100) +
    (speed.precision === kind.precision ? 0 : 100) +
    // a trainer of more threads is faster, and there are fewer of them
    (speed.threads === threads ? 0 : 50) +
    Math.abs(Math.log2(speed.batch / kind.batch)) +
    Math.abs(Math.log2(speed.macs / cell.macs));
  const nearest = speeds
    .filter(({ family }) => family === kind.family)
    .map((speed) => ({ speed, distance: distance(speed) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .map(({ speed }) => (speed.imagesPerSecond * speed.macs) / cell.macs)
    .sort((a, b) => a - b);
  return nearest[Math.floor(nearest.length / 2)] ?? null;
}

function describeBasis(
  cells: PlannedTraining['cells'],
  speeds: readonly MeasuredSpeed[],
  { engine, device }: MeasuredSpeed,
): string {
  const where = `measured on this machine (${engine}, ${device})`;
  const known = cells.flatMap((cell) => cell.known ?? []);
  const runs = known.reduce((sum, time) => sum + time.runs, 0);
  const others = cells.filter((cell) => !cell.known);
  const families = new Set(speeds.map(({ family }) => family));
  const untrained = [...new Set(others.map((cell) => speedKind(cell).family))].filter(
    (family) => !families.has(family),
  );
  if (untrained.length > 0) {
    return `No ${untrained.join(' or ')} has been trained on this machine with ${engine} on ${device} yet, so the time cannot be estimated: train one run of it for an epoch first.`;
  }
  const same = `${counted(runs, 'complete run')} of the same cell${known.length === 1 ? '' : 's'}`;
  if (others.length === 0) return `Estimated from ${same}, ${where}.`;
  const similar = 'the speed of similar networks';
  return known.length === 0
    ? `Estimated from ${similar}, ${where}.`
    : `Estimated for ${known.length} of ${counted(cells.length, 'cell')} from ${same}, for the others from ${similar}, ${where}.`;
}
