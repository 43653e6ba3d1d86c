/** Prints what a recorded step of each network consists of, as JSON: `node worker.ts NETWORK …`, in the environment of the engine. */
import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import type { TensorFlowBackend } from '../../../src-main/engine/engines/tensorflow/backend.ts';
import { recordFunction } from '../../../src-main/engine/engines/tensorflow/record-function.ts';
import { simplified } from '../../../src-main/engine/engines/tensorflow/simplify-recording.ts';
import { Recorder } from '../../../src-main/engine/engines/webgpu/recorder.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { noiseBatch } from '../../../src-main/engine/measuring/noise-batch.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import type { TracedCall } from '../../../src-main/engine/traced-call.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { graphOf } from '../shared/networks.ts';

/** What is recorded does not depend on it, but for how WebGPU divides its sums. */
const BATCH = 8;

const installation = selectedEngine(kindlingHome());
const { operations } = await openEngine(installation);

/** Makes a call and names what it consists of, in order. */
type Recorded = <T>(call: TracedCall<T>) => { readonly result: T; readonly names: readonly string[] };

const byTensorFlow: Recorded = (call) => {
  const { result, recorded } = recordFunction(tf.backend() as TensorFlowBackend, call);
  return { result, names: simplified(recorded().recording).ops.map(({ name }) => name) };
};

const byWebGpu: Recorded = (call) => {
  const recorder = new Recorder(tf.backend() as unknown as WebGPUBackend);
  const { result, recorded } = recorder.record(call);
  const names = recorded.dispatches.map(({ pipeline }) => pipeline.label);
  recorder.arena.close();
  return { result, names };
};

const recorders: Readonly<Record<string, Recorded>> = { tensorflow: byTensorFlow, webgpu: byWebGpu };

async function namesOf(network: string): Promise<readonly string[]> {
  const recorded = recorders[installation.engine];
  if (recorded === undefined) throw new Error(`${installation.name} records no steps`);
  const graph = graphOf(network);
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, operations);
  const training = new EagerTraining(program, { training: BATCH, evaluation: BATCH });
  await training.writeState([initialState(program, 0)]);
  let names: readonly string[] = [];
  await training.step([noiseBatch(graph, BATCH)], (call) => {
    const { result, names: found } = recorded(call);
    names = found;
    return result;
  });
  training.close();
  return names;
}

const found: Record<string, readonly string[]> = {};
for (const network of process.argv.slice(2)) found[network] = await namesOf(network);
console.log(JSON.stringify(found));
// WebGPU keeps a process alive
process.exit(0);
