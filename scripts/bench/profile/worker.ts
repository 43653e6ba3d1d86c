/**
 * `node worker.ts NETWORK BATCH STEPS FILE`, in the environment of the engine: takes steps as a study takes them, one a call, and then some
 * whose runs TensorFlow writes to the file. Prints a line `{"device", "stepSeconds", "flopsPerSecond"}`.
 */
import * as tf from '@tensorflow/tfjs';
import { median } from 'd3-array';
import { GuardedTraining } from '../../../src-main/engine/guarded-training.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { noiseBatch, noiseBytes } from '../../../src-main/engine/measuring/noise-batch.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { graphOf } from '../shared/networks.ts';
import { TRACE_FILE } from './trace-file.ts';

/** Compiled, compared with eager ones, and memory made ready. */
const WARM_UP = 6;
const LEAST_SECONDS = 0.5;
/** Of a product that is long enough to be measured. */
const LEAST_MILLISECONDS = 5;
/** Side of the largest matrices: 1 GB each. */
const MOST_SIDE = 16_384;
const REPEATS = 7;

const [network = '', batchText = '', stepsText = '', file = ''] = process.argv.slice(2);
const size = Number(batchText);
const engine = await openEngine(selectedEngine(kindlingHome()));
const graph = graphOf(network);
const fromBytes = engine.imagesFromBytes;
const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations, fromBytes);
const training = new GuardedTraining(engine, program, { training: size, evaluation: size });
const { batch } = fromBytes ? noiseBytes(graph, size, fromBytes) : { batch: noiseBatch(graph, size) };
await training.writeState([initialState(program, 0)]);

/** In seconds. */
async function takeStep(): Promise<number> {
  const began = performance.now();
  await training.step([batch]);
  return (performance.now() - began) / 1000;
}

for (let step = 0; step < WARM_UP; step++) await takeStep();
if (training.mode?.mode !== 'compiled') throw new Error('the step was not compiled');
const times: number[] = [];
for (let spent = 0; spent < LEAST_SECONDS || times.length < 5; spent += times.at(-1) ?? 0)
  times.push(await takeStep());

process.env[TRACE_FILE] = file;
for (let step = 0; step < Number(stepsText); step++) await takeStep();
Reflect.deleteProperty(process.env, TRACE_FILE);
training.close();

/** FLOP/s of a product of square matrices, larger ones until it takes long enough; the result is waited for. */
function largeProduct(side = 1024): number {
  const [a, b] = [tf.randomNormal([side, side]), tf.randomNormal([side, side])];
  const seconds = Array.from({ length: REPEATS }, () => {
    const began = performance.now();
    tf.tidy(() => tf.matMul(a, b).slice([0, 0], [1, 1]).dataSync());
    return (performance.now() - began) / 1000;
  });
  tf.dispose([a, b]);
  const shortest = Math.min(...seconds);
  const isLongEnough = shortest * 1000 >= LEAST_MILLISECONDS || side >= MOST_SIDE;
  return isLongEnough ? (2 * side ** 3) / shortest : largeProduct(side * 2);
}

const { device } = engine.description;
console.log(JSON.stringify({ device, stepSeconds: median(times), flopsPerSecond: largeProduct() }));
process.exit(0);
