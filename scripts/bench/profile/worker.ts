/**
 * `node worker.ts NETWORK BATCH STEPS FILE`, in the environment of the engine: takes steps as a study takes them, and then some, one a
 * call, whose runs TensorFlow writes to the file. Prints a line `{"device", "stepSeconds", "flopsPerSecond"}`.
 */
import * as tf from '@tensorflow/tfjs';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { graphOf } from '../shared/networks.ts';
import { trainAsStudies } from '../shared/timed-training.ts';
import { TRACE_FILE } from './trace-file.ts';

/** Of a product that is long enough to be measured. */
const LEAST_MILLISECONDS = 5;
/** Side of the largest matrices: 1 GB each. */
const MOST_SIDE = 16_384;
const REPEATS = 7;

const [network = '', batchText = '', stepsText = '', file = ''] = process.argv.slice(2);
const engine = await openEngine(selectedEngine(kindlingHome()));
const training = await trainAsStudies(engine, { graph: graphOf(network), batch: Number(batchText) });
const stepSeconds = await training.secondsOfStep(0.5);

process.env[TRACE_FILE] = file;
for (let step = 0; step < Number(stepsText); step++) await training.stepAlone();
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
console.log(JSON.stringify({ device, stepSeconds, flopsPerSecond: largeProduct() }));
process.exit(0);
