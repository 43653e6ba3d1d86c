import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { openWebGpu } from '../../../src-main/engine/engines/webgpu/open.ts';
import type { TimedProgram } from '../../../src-main/engine/engines/webgpu/program-times.ts';
import type { EngineInstallation } from '../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { readTrace } from './read-trace.ts';
import { TRACE_FILE } from './trace-file.ts';
import { isTraced, type TracedKind, type TracedRun } from './traced-run.ts';

/** What was noted of some steps. */
export interface Trace {
  readonly runs: readonly TracedRun[];
  /** What to know of their times. */
  readonly note: string | null;
}

/** An engine that tells what its steps do. */
export interface TracedEngine {
  readonly engine: Engine;
  /** Takes steps and notes what they do. */
  readonly trace: (take: () => Promise<void>) => Promise<Trace>;
  /** Of matrices, as the engine's steps compute it. */
  readonly product: (a: Tensor2D, b: Tensor2D) => Tensor;
  /** Side of the smallest matrices that are tried, and of the largest that it can multiply. */
  readonly sides: readonly [least: number, most: number];
}

/** Side of the largest matrices: 1 GB each. */
const MOST_SIDE = 16_384;

/** @param file to which TensorFlow may write */
type OpenTraced = (installation: EngineInstallation, file: string) => Promise<TracedEngine>;

/** By kind of engine. */
const TRACED: Readonly<Record<TracedKind, OpenTraced>> = {
  tensorflow: async (installation, file) => ({
    engine: await openEngine(installation),
    trace: async (take) => {
      process.env[TRACE_FILE] = file;
      await take();
      Reflect.deleteProperty(process.env, TRACE_FILE);
      return { runs: readTrace(file), note: null };
    },
    product: (a, b) => tf.matMul(a, b),
    sides: [1024, MOST_SIDE],
  }),
  webgpu: async (installation) => {
    const engine = await openWebGpu(installation, true);
    const { operations, programTimes, imagesOnDevice } = engine;
    if (programTimes === null) throw new Error('it was opened to be timed');
    const mostBytes = imagesOnDevice.device?.most ?? Infinity;
    return {
      engine,
      trace: async (take) => {
        programTimes.begin();
        await take();
        const steps = await programTimes.end();
        return { runs: steps.map(runOf), note: noteOf(steps.flat()) };
      },
      product: (a, b) => operations.dense(tf.reshape(a, [a.shape[0], 1, 1, a.shape[1]]), b),
      sides: [512, Math.min(MOST_SIDE, 2 ** Math.floor(Math.log2(Math.sqrt(mostBytes / 4))))],
    };
  },
};

export async function openTraced(installation: EngineInstallation, file: string): Promise<TracedEngine> {
  const { engine, name } = installation;
  if (!isTraced(engine)) throw new Error(`${name} tells nothing of what it does`);
  return TRACED[engine](installation, file);
}

function runOf(programs: readonly TimedProgram[]): TracedRun {
  const work = programs.map(({ kind, time }) => ({
    kind,
    time: time && { start: time.start / 1000, duration: time.duration / 1000 },
  }));
  return { unit: 'programs', work };
}

/** How finely the device tells times, of which all are multiples; or that it tells none. */
function noteOf(programs: readonly TimedProgram[]): string {
  const times = programs.flatMap(({ time }) => (time === null ? [] : [time.start, time.duration]));
  if (times.length === 0)
    return 'The device tells no times (WebGPU’s timestamp-query): its programs are counted, not timed.';
  return `Each program is a pass of its own; the device’s clock has steps of ${times.reduce(commonDivisor)} ns.`;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
