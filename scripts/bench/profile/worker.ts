/**
 * `node worker.ts NETWORK BATCH STEPS FILE`, in the environment of the engine: takes steps as a study takes them, and then some, one a
 * call, of which it notes what they do; TensorFlow by way of the file. Prints a line `{"device", "stepSeconds", "flopsPerSecond", "note",
 * "profile"}`.
 */
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { graphOf } from '../shared/networks.ts';
import { trainAsStudies } from '../shared/timed-training.ts';
import { flopsOfLargeProduct } from './large-product.ts';
import { profileOf } from './profile-of.ts';
import { openTraced } from './traced-engine.ts';

const [network = '', batchText = '', stepsText = '', file = ''] = process.argv.slice(2);
const traced = await openTraced(selectedEngine(kindlingHome()), file);
const { engine } = traced;
const training = await trainAsStudies(engine, { graph: graphOf(network), batch: Number(batchText) });
const stepSeconds = await training.secondsOfStep(0.5);
const { runs, note } = await traced.trace(async () => {
  for (let step = 0; step < Number(stepsText); step++) await training.stepAlone();
});
training.close();

const { device } = engine.description;
const flopsPerSecond = await flopsOfLargeProduct(traced);
console.log(JSON.stringify({ device, stepSeconds, flopsPerSecond, note, profile: profileOf(runs) }));
// WebGPU keeps a process alive
process.exit(0);
