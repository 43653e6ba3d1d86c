import { counted } from '../counted.ts';
import { fixed } from '../numbers.ts';
import type { CostedCell } from '../studies/cell.ts';
import { inSteps, stepKey } from '../studies/in-one-step.ts';
import type { JobPlan } from '../studies/plan-jobs.ts';
import { ONE_BY_ONE, timesOfStep } from '../studies/steps-beside.ts';
import { untilAllEnd } from '../studies/until-all-end.ts';
import { type MeasuredSpeed, speedKind } from './measured-speeds.ts';

/** What complete runs of one cell took in the mean. */
export interface CellTime {
  /** Of fused ones what a step of a single network would take, by how they grow. */
  readonly seconds: number;
  readonly runs: number;
  readonly areFused: boolean;
}

/** What is going to be trained. */
export interface PlannedTraining extends Pick<JobPlan, 'jobs' | 'threads' | 'fused' | 'beside'> {
  readonly cells: readonly (Pick<CostedCell, 'id' | 'network' | 'recipe' | 'macs'> & {
    /** How many runs of the cell. */
    readonly runs: number;
    /** What runs of the very same cell took here (`cellTimes`); absent where there are none. */
    readonly known?: CellTime;
  })[];
  /** Training images of one epoch. */
  readonly images: number;
}

export interface StudyEstimate {
  /** Seconds of one run of each cell, of a fused one those of its step; null where nothing has been measured. */
  readonly runs: readonly (number | null)[];
  /** Seconds of the whole; null where nothing has been measured. */
  readonly total: number | null;
  /** What the estimate rests on, or why there is none; for people. */
  readonly basis: string;
}

type PlannedCell = PlannedTraining['cells'][number];

/** What a network trains for in a step of its own, and whether fused runs say so. */
type OwnTime = Pick<CellTime, 'seconds' | 'areFused'>;

/** The measurements that a cell's speed is taken from. */
const NEAREST = 3;

/**
 * How long a study is going to train, from what has been measured on this machine with the engine and device that were
 * used last: what runs of the same cell took, or else images/s of the runs of the same family that are nearest in batch norm,
 * threads, batch and multiply-accumulates, times the quotient of the multiply-accumulates. With these, measuring on the
 * validation and test parts is not counted; it adds a few percent. Of a family that was not trained nothing is claimed.
 *
 * Where runs are fused, steps are parted as the study does it, and their time is taken from fused runs; or else from those of single ones,
 * with what fusing was measured to gain, or without any gain.
 *
 * @param speeds the newest first
 */
export function estimateStudy(training: PlannedTraining, speeds: readonly MeasuredSpeed[]): StudyEstimate {
  const { cells, images, jobs, fused = 1 } = training;
  const [newest] = speeds;
  if (!newest) {
    const basis = 'Nothing has been trained on this machine yet, so the time cannot be estimated.';
    return { runs: cells.map(() => null), total: null, basis };
  }
  const usable = speeds.filter(
    ({ engine, device, rounding, networks }) =>
      engine === newest.engine &&
      device === newest.device &&
      rounding === newest.rounding &&
      (networks === 1 || fused > 1),
  );
  const own = cells.map((cell): OwnTime | null => {
    if (cell.known) return cell.known;
    const found = speedOf(cell, training, usable);
    return (
      found && { seconds: (cell.recipe.epochs * images) / found.imagesPerSecond, areFused: found.areFused }
    );
  });
  const secondsIn = (place: number, networks: number): number | null => {
    const time = own[place] ?? null;
    return time && time.seconds * timesIn(training, networks, time);
  };
  const steps = stepsOf(cells, fused);
  const runs = cells.map((_, place) =>
    secondsIn(place, steps.find((step) => step.includes(place))?.length ?? fused),
  );
  const open = cells.filter((cell) => cell.runs > 0);
  const basis = [
    describeBasis(open.length > 0 ? open : cells, usable, newest, fused > 1),
    describeFusing(
      training,
      own.filter((_, place) => (cells[place]?.runs ?? 0) > 0),
    ),
  ];
  const seconds = steps.map((step) => longest(step.map((place) => secondsIn(place, step.length))));
  const known = seconds.filter((each) => each !== null);
  return {
    runs,
    total:
      known.length < seconds.length
        ? null
        : untilAllEnd(
            known.sort((one, other) => other - one),
            jobs,
          ),
    basis: basis.filter((sentence) => sentence !== '').join(' '),
  };
}

/** The places of the cells whose runs are trained in each step. */
function stepsOf(cells: PlannedTraining['cells'], fused: number): number[][] {
  const runs = cells.flatMap(({ id, network, recipe, runs }, place) => {
    const about = { place, cell: id, step: stepKey({ network, recipe }) };
    return Array.from({ length: runs }, () => ({ ...about }));
  });
  return inSteps(runs, fused, (run) => run).map((step) => step.map(({ place }) => place));
}

function longest(seconds: readonly (number | null)[]): number | null {
  return seconds.reduce((most, each) => (most === null || each === null ? null : Math.max(most, each)), 0);
}

/** How many times what it trains for by itself a network trains for in a step of so many. */
function timesIn({ fused = 1, beside }: PlannedTraining, networks: number, { areFused }: OwnTime): number {
  if (fused === 1 || beside === undefined) return 1;
  if (areFused) return timesOfStep(beside, networks);
  const { measured } = beside;
  // without a measurement nothing is gained
  if (measured === undefined) return networks;
  const ofAll = fused / measured.gain;
  return (ofAll * timesOfStep(beside, networks)) / timesOfStep(beside, fused);
}

/** Images/s that are to be expected of a network by itself; null where none of the family was measured. */
function speedOf(
  cell: PlannedCell,
  { fused = 1, threads, beside = ONE_BY_ONE }: PlannedTraining,
  speeds: readonly MeasuredSpeed[],
): { readonly imagesPerSecond: number; readonly areFused: boolean } | null {
  const { family } = speedKind(cell);
  const like = speeds.filter((speed) => speed.family === family);
  const together = fused === 1 ? [] : like.filter(({ networks }) => networks > 1);
  const areFused = together.length > 0;
  const from = areFused
    ? together.map((speed) => ({
        ...speed,
        imagesPerSecond: speed.imagesPerSecond * timesOfStep(beside, speed.networks),
      }))
    : like.filter(({ networks }) => networks === 1);
  const of = areFused ? threads : (beside.measured?.threads ?? threads);
  const imagesPerSecond = nearestSpeed(cell, of, from);
  return imagesPerSecond === null ? null : { imagesPerSecond, areFused };
}

/** The median of those of the nearest networks, each by its work; null where there are none. */
function nearestSpeed(cell: PlannedCell, threads: number, speeds: readonly MeasuredSpeed[]): number | null {
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
    .map((speed) => ({ speed, distance: distance(speed) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .map(({ speed }) => (speed.imagesPerSecond * speed.macs) / cell.macs)
    .sort((a, b) => a - b);
  return nearest[Math.floor(nearest.length / 2)] ?? null;
}

/** What the times of fused runs rest on; empty where none are. */
function describeFusing({ fused = 1, beside }: PlannedTraining, times: readonly (OwnTime | null)[]): string {
  const known = times.filter((time) => time !== null);
  if (fused === 1 || known.length === 0 || known.length < times.length) return '';
  const how = `Up to ${fused} runs go together in one step`;
  if (known.every(({ areFused }) => areFused)) return `${how}, timed by fused runs here.`;
  const measured = beside?.measured;
  if (measured === undefined) return `${how}; what that gains was not measured here and is not counted.`;
  return `${how}, which had ${fixed(measured.gain, 2)} times the images/s of a single one as measured here.`;
}

function describeBasis(
  cells: PlannedTraining['cells'],
  speeds: readonly MeasuredSpeed[],
  { engine, device, networks }: MeasuredSpeed,
  isFused: boolean,
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
    const how = isFused || networks === 1 ? '' : ' by itself';
    return `No ${untrained.join(' or ')} has been trained${how} on this machine with ${engine} on ${device} yet, so the time cannot be estimated: train one run of it for an epoch first.`;
  }
  const same = `${counted(runs, 'complete run')} of the same cell${known.length === 1 ? '' : 's'}`;
  if (others.length === 0) return `Estimated from ${same}, ${where}.`;
  const similar = 'the speed of similar networks';
  return known.length === 0
    ? `Estimated from ${similar}, ${where}.`
    : `Estimated for ${known.length} of ${counted(cells.length, 'cell')} from ${same}, for the others from ${similar}, ${where}.`;
}
