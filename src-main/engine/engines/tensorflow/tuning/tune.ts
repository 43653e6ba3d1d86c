import { availableParallelism, loadavg } from 'node:os';
import { median, sum, transpose } from 'd3-array';
import { networkCost } from '../../../../../src-shared/networks/costs.ts';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import {
  gainOf,
  isSlower,
  type MeasuredTrainers,
} from '../../../../../src-shared/studies/measured-trainers.ts';
import { severalJobs, threadsOf } from '../../../../../src-shared/studies/plan-jobs.ts';
import { startWorker } from '../../../../work/worker.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { MEASURED_ENGINE } from '../../../measuring/steps-work.ts';
import { ONE_DNN, tensorFlowEnvironment } from '../environment.ts';
import { OWN_OPERATIONS } from '../own-operations.ts';
import { type Meter, meter } from './meter.ts';
import {
  MEASURED_BATCH,
  MEASURED_NETWORKS,
  measuredGraph,
  type MeasuredNetwork,
  SIZED_NETWORKS,
} from './measured-networks.ts';
import { type MeasuredSteps, MEASURING, type MeasuringWorker } from './measuring-work.ts';
import { type Gains, measuredSubject, overallGain, type Tuning } from './tuning.ts';

/** oneDNN and Eigen are measured so often, in turns, so that what else the machine does meets both alike. */
const ROUNDS = 3;
/** Of steps of a network. */
const MILLISECONDS = 300;
/** Between the quartiles lies so much of the comparisons. */
const QUARTILES = 0.5;

/**
 * One trainer and several are compared in short rounds, all of which must agree: processes that compute at the same time are
 * disturbed by others in another way than one that computes alone.
 */
const TRAINER_ROUNDS = 6;
const TRAINER_MILLISECONDS = 200;
const ALL = 1;

const KERNEL_MEASUREMENTS = MEASURED_NETWORKS.reduce((sum, { own }) => sum + own.length, 0);
/** Of one trainer and of several: compiled, then in rounds. Several count as many as there are. */
const TRAINER_MEASUREMENTS =
  SIZED_NETWORKS.length * (1 + severalJobs(availableParallelism())) * (1 + TRAINER_ROUNDS);
/** With oneDNN and Eigen: compiled, then in rounds. */
const LIBRARY_MEASUREMENTS = 2 * MEASURED_NETWORKS.length * (1 + ROUNDS);

/**
 * Trains small networks with oneDNN's kernels and with Eigen's, and then with and without each kernel of ours beside the
 * faster of these, on as many threads as a trainer of a study has; and with what was chosen several trainers beside one. In
 * processes of their own: under 30 s where nothing else computes.
 * @throws Problem `usage` on a GPU, where there is nothing to choose; `engine-invalid` where the engine does not train; the
 *   reason of an abort
 */
export async function measureTensorFlow(
  engine: EngineInstallation,
  { onProgress, signal }: InstallOptions,
): Promise<Tuning> {
  if (engine.kind === 'gpu')
    throw new Problem('usage', `${engine.name} computes on a GPU: there is nothing to tune.`);
  const load = loadavg()[0] ?? 0;
  const cores = availableParallelism();
  const jobs = severalJobs(cores);
  const threads = threadsOf(cores, jobs);
  const measurements = meter(
    LIBRARY_MEASUREMENTS + KERNEL_MEASUREMENTS + (jobs > 1 ? TRAINER_MEASUREMENTS : 0),
    onProgress,
  );
  const started: MeasuringWorker[] = [];
  const start = async (oneDnn: boolean, each: number): Promise<MeasuringWorker> => {
    const environment = {
      ...tensorFlowEnvironment(engine)(each),
      [ONE_DNN]: oneDnn ? '1' : '0',
      [MEASURED_ENGINE]: engine.folder,
    };
    const worker = await startWorker(MEASURING, { environment, signal });
    started.push(worker);
    return worker;
  };
  try {
    const withOneDnn = await start(true, threads);
    const withEigen = await start(false, threads);
    const site = { measurements, signal };
    const oneDnnGains = await compareLibraries(withOneDnn, withEigen, site);
    const oneDnn = overallGain(oneDnnGains).median >= 1;
    const [chosen, other] = oneDnn ? [withOneDnn, withEigen] : [withEigen, withOneDnn];
    const ownGains = await compareKernels(chosen, site);
    const withoutOwn = slowerOwn(ownGains);
    other.kill();
    const trainers: MeasuredTrainers[] = [];
    if (jobs > 1) {
      const one = await start(oneDnn, cores);
      const several = [chosen];
      while (several.length < jobs) several.push(await start(oneDnn, threads));
      trainers.push(...(await compareTrainers(one, several, withoutOwn, site)));
    }
    return {
      subject: measuredSubject(engine),
      ...{ batch: MEASURED_BATCH, threads, rounds: ROUNDS, load, at: new Date().toISOString() },
      ...{ oneDnn, oneDnnGains, withoutOwn, ownGains, trainers },
    };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('engine-invalid', `${engine.name} could not be measured: ${reason}`, { cause: error });
  } finally {
    for (const worker of started) worker.kill();
  }
}

type SizedNetwork = (typeof SIZED_NETWORKS)[number];

interface Site {
  readonly measurements: Meter;
  readonly signal: AbortSignal | undefined;
}

/** Of each network oneDNN's speed over Eigen's in the rounds. */
async function compareLibraries(oneDnn: MeasuringWorker, eigen: MeasuringWorker, site: Site): Promise<Gains> {
  const stepOf = async (worker: MeasuringWorker, network: MeasuredNetwork, milliseconds: number) =>
    median((await stepsOf(worker, network, [[]], milliseconds, site))[0] ?? []) ?? Number.NaN;
  for (const network of MEASURED_NETWORKS)
    for (const worker of [oneDnn, eigen]) await stepOf(worker, network, 0);
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const gains: number[] = [];
    for (const network of MEASURED_NETWORKS) {
      const fast = await stepOf(oneDnn, network, MILLISECONDS);
      gains.push((await stepOf(eigen, network, MILLISECONDS)) / fast);
    }
    rounds.push(gains);
  }
  const gains = transpose<number>(rounds).map((ratios) => gainOf(ratios, QUARTILES));
  return Object.fromEntries(
    MEASURED_NETWORKS.flatMap(({ name }, index) => (gains[index] ? [[name, gains[index]]] : [])),
  );
}

/** Of each operation and each network that has it: the speed of a step with our kernel over that with TensorFlow's. */
async function compareKernels(worker: MeasuringWorker, site: Site): Promise<Tuning['ownGains']> {
  if (!worker.about.hasOwnKernels) return {};
  const gains: Record<string, Gains> = {};
  for (const name of OWN_OPERATIONS) {
    const gainsOfOne: Gains = {};
    for (const network of MEASURED_NETWORKS.filter(({ own }) => own.includes(name))) {
      const [ours = [], theirs = []] = await stepsOf(worker, network, [[], [name]], 2 * MILLISECONDS, site);
      gainsOfOne[network.name] = gainOf(
        theirs.map((time, step) => time / (ours[step] ?? Number.NaN)),
        QUARTILES,
      );
    }
    gains[name] = gainsOfOne;
  }
  return gains;
}

/** Of each network, the images/s of several processes at the same time over those of one with all threads. */
async function compareTrainers(
  one: MeasuringWorker,
  several: readonly MeasuringWorker[],
  withoutOwn: readonly string[],
  site: Site,
): Promise<MeasuredTrainers[]> {
  const speedOf = async (worker: MeasuringWorker, network: SizedNetwork, milliseconds: number) => {
    const [times = []] = await stepsOf(worker, network, [withoutOwn], milliseconds, site);
    // the mean: a median would leave out what long steps wait for other programs, and favour short ones
    return times.length / sum(times);
  };
  const together = async (network: SizedNetwork, milliseconds: number) =>
    sum(await Promise.all(several.map((worker) => speedOf(worker, network, milliseconds))));
  const measured: MeasuredTrainers[] = [];
  for (const network of SIZED_NETWORKS) {
    // compiled by one after the other, as little memory is taken
    for (const worker of [one, ...several]) await speedOf(worker, network, 0);
    const ratios: number[] = [];
    for (let round = 0; round < TRAINER_ROUNDS; round++) {
      const alone = await speedOf(one, network, TRAINER_MILLISECONDS);
      ratios.push((await together(network, TRAINER_MILLISECONDS)) / alone);
    }
    measured.push({
      ...{ network: network.name, batch: MEASURED_BATCH, jobs: several.length },
      stepMacs: networkCost(measuredGraph(network.name)).macs * MEASURED_BATCH,
      gain: gainOf(ratios, ALL),
    });
  }
  return measured;
}

/** Of the operations that were measured, those for which TensorFlow's kernels shall serve. */
export function slowerOwn(ownGains: Tuning['ownGains']): string[] {
  return Object.entries(ownGains)
    .filter(([, gains]) => isSlower(overallGain(gains)))
    .map(([name]) => name);
}

async function stepsOf(
  worker: MeasuringWorker,
  { name }: SizedNetwork,
  variants: readonly (readonly string[])[],
  milliseconds: number,
  { measurements, signal }: Site,
): Promise<MeasuredSteps['times']> {
  const task = { network: name, variants: variants.map((each) => [...each]), milliseconds };
  const { times } = await worker.work(task, { signal });
  measurements.count();
  return times;
}
