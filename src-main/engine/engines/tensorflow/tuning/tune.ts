import { availableParallelism, loadavg } from 'node:os';
import { median, quantile, transpose } from 'd3-array';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { planJobs } from '../../../../../src-shared/studies/plan-jobs.ts';
import { startWorker } from '../../../../work/worker.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { ONE_DNN, tensorFlowEnvironment } from '../environment.ts';
import { OWN_OPERATIONS } from '../own-operations.ts';
import { type Meter, meter } from './meter.ts';
import { MEASURED_BATCH, MEASURED_NETWORKS, type MeasuredNetwork } from './measured-networks.ts';
import { MEASURED_ENGINE, type MeasuredSteps, MEASURING, type MeasuringWorker } from './measuring-work.ts';
import { type Gain, type Gains, measuredSubject, overallGain, type Tuning } from './tuning.ts';

/** oneDNN and Eigen are measured so often, in turns, so that what else the machine does meets both alike. */
const ROUNDS = 3;
/** Of steps of a network. */
const MILLISECONDS = 300;
/** Our kernels are left for TensorFlow's where these are so many times faster in three quarters of the comparisons. */
const WORTH_IT = 1.02;

const KERNEL_MEASUREMENTS = MEASURED_NETWORKS.reduce((sum, { own }) => sum + own.length, 0);
/** With oneDNN and Eigen: compiled, then in rounds. */
const LIBRARY_MEASUREMENTS = 2 * MEASURED_NETWORKS.length * (1 + ROUNDS);

/**
 * Trains small networks with oneDNN's kernels and with Eigen's, and then with and without each kernel of ours beside the
 * faster of these: some 20 s, on as many threads as a trainer of a study has. In processes of their own.
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
  const { threads } = planJobs({
    cores: availableParallelism(),
    device: 'cpu',
    runs: Number.MAX_SAFE_INTEGER,
  });
  const measurements = meter(LIBRARY_MEASUREMENTS + KERNEL_MEASUREMENTS, onProgress);
  const started: MeasuringWorker[] = [];
  try {
    for (const oneDnn of ['1', '0'])
      started.push(
        await startWorker(MEASURING, {
          environment: {
            ...tensorFlowEnvironment(engine)(threads),
            [ONE_DNN]: oneDnn,
            [MEASURED_ENGINE]: engine.folder,
          },
          signal,
        }),
      );
    const [withOneDnn, withEigen] = started;
    if (!withOneDnn || !withEigen) throw new Error('no measuring process');
    const site = { measurements, signal };
    const oneDnnGains = await compareLibraries(withOneDnn, withEigen, site);
    const oneDnn = overallGain(oneDnnGains).median >= 1;
    const ownGains = await compareKernels(oneDnn ? withOneDnn : withEigen, site);
    return {
      subject: measuredSubject(engine),
      ...{ batch: MEASURED_BATCH, threads, rounds: ROUNDS, load, at: new Date().toISOString() },
      ...{ oneDnn, oneDnnGains, withoutOwn: slowerOwn(ownGains), ownGains },
    };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('engine-invalid', `${engine.name} could not be measured: ${reason}`, { cause: error });
  } finally {
    for (const worker of started) worker.kill();
  }
}

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
  const gains = transpose<number>(rounds).map(gainOf);
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
      gainsOfOne[network.name] = gainOf(theirs.map((time, step) => time / (ours[step] ?? Number.NaN)));
    }
    gains[name] = gainsOfOne;
  }
  return gains;
}

function gainOf(ratios: readonly number[]): Gain {
  const at = (share: number): number => quantile(ratios, share) ?? Number.NaN;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** Of the operations that were measured, those for which TensorFlow's kernels shall serve. */
export function slowerOwn(ownGains: Tuning['ownGains']): string[] {
  return Object.entries(ownGains)
    .filter(([, gains]) => overallGain(gains).high * WORTH_IT < 1)
    .map(([name]) => name);
}

async function stepsOf(
  worker: MeasuringWorker,
  { name }: MeasuredNetwork,
  variants: readonly (readonly string[])[],
  milliseconds: number,
  { measurements, signal }: Site,
): Promise<MeasuredSteps['times']> {
  const task = { network: name, variants: variants.map((each) => [...each]), milliseconds };
  const { times } = await worker.work(task, { signal });
  measurements.count();
  return times;
}
