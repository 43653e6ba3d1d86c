/**
 * `npm run bench -- train [--json] [--rounds N] [--seconds S] [--network NAME] [--batch N] [--no-compile] [--no-pytorch] [--xla] [--precision bfloat16]`
 *
 * Images/s of a training step, the same network and batch in each of: our compiled step, eager with our
 * kernels, eager as tfjs-node ships it, and PyTorch (channels_last; eager and torch.compile) where Python has
 * it. Each runs in a process of its own, with all cores; narrow networks in as many processes of one thread as there are
 * cores, at the same time, whose images/s are summed. In each round every one is measured once, in turn, since machines
 * are noisy, and what counts are the ratios within a round.
 *
 * PyTorch is measured twice: as it comes, and with the environment that Kindling gives its own trainers (the
 * allocator's thresholds), which speeds it up as well. torch.compile compiles the network with its loss' gradient, for fixed
 * shapes and from an empty cache; the optimizer stays PyTorch's. What it takes to compile is told apart. Where it fails (no
 * C++ compiler, a Python without headers) its column says so and the others are compared without it.
 *
 * Our compiled step is that of a study: the bytes of its images lie where it computes, it makes their values itself (crop, flip, normalisation), and
 * on a GPU it takes several steps a call. It is measured once more with the values given at each step (`fed`). PyTorch's images are values that lie
 * on its device, and it varies none.
 *
 * On a GPU PyTorch trains on it, too: eager, torch.compile, and that with CUDA graphs, each once with the loss read at
 * each step, as ours is, and once without. Narrow networks are trained one at a time there.
 *
 * With `--xla` our compiled step is measured once more with XLA in the place of our kernels.
 *
 * With `--precision bfloat16` our compiled step has its products in it, beside our compiled step in float32 and PyTorch under autocast.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { counted } from '../../src-shared/counted.ts';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { type AskedSpeed, askSpeed } from './shared/ask-speed.ts';
import { findPython } from './shared/find-python.ts';
import { BENCH_NETWORKS, benchNetwork, writeGraph } from './shared/networks.ts';
import { type MeasuredSpeed, measuredSpeed } from './train/measured-speed.ts';
import { speedTable } from './train/speed-table.ts';
import { startVariants, type Variant, type VariantName } from './train/variants.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    network: { type: 'string', multiple: true, default: Object.keys(BENCH_NETWORKS) },
    batch: { type: 'string', multiple: true },
    compile: { type: 'boolean', default: true },
    pytorch: { type: 'boolean', default: true },
    xla: { type: 'boolean', default: false },
    precision: { type: 'string', default: 'float32' },
  },
  allowNegative: true,
});
const precision = recipeSchema.shape.precision.parse(values.precision);
const greetingSchema = z.object({ device: z.string().optional() });
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

const python = values.pytorch ? findPython(['torch']) : null;
const engine = selectedEngine(kindlingHome());
const cores = os.availableParallelism();
const results: MeasuredSpeed[] = [];
for (const network of values.network)
  for (const batch of values.batch?.map(Number) ?? benchNetwork(network).batches)
    results.push(await measureNetwork(network, batch));
if (values.json)
  console.log(JSON.stringify({ cores, engine: `${engine.name} ${engine.version}`, ratios: results }));
else {
  console.log(speedTable(results));
  console.log(
    `${counted(rounds, 'round')}; median over the rounds, range of the ratios in brackets; ${cores} cores`,
  );
}

async function measureNetwork(network: string, batch: number): Promise<MeasuredSpeed> {
  const { isNarrow } = benchNetwork(network);
  const processes = isNarrow && engine.kind === 'cpu' ? cores : 1;
  const threads = cores / processes;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
  const graphFile = writeGraph(network, folder);
  const environment = computingEnvironment(engine)(threads);
  const { compile, xla } = values;
  let variants: Variant[] = [];
  try {
    variants = await startVariants({
      ...{ graphFile, batch, processes, threads, environment, python, compile, folder },
      ...{ device: engine.kind, precision, xla, fromBytes: engine.engine === 'tensorflow' },
    });
    const devices = [...new Set(variants.flatMap(deviceOf))];
    return await measureVariants({ network, batch, devices, processes, rounds }, variants);
  } finally {
    for (const { workers } of variants) for (const worker of workers) worker.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** As its processes name it; none of PyTorch where it has no such device. */
function deviceOf({ workers }: Variant): string[] {
  return workers.flatMap(({ greeting }) => greetingSchema.parse(greeting).device ?? []);
}

function ask({ workers, way }: Variant, howLong: number): Promise<AskedSpeed> {
  return askSpeed(workers, { variant: way }, howLong);
}

/** What cannot take its first steps is left out of the rounds. */
async function measureVariants(
  setting: Pick<MeasuredSpeed, 'network' | 'batch' | 'devices' | 'processes' | 'rounds'>,
  variants: readonly Variant[],
): Promise<MeasuredSpeed> {
  const { network, batch } = setting;
  const failures: Partial<Record<VariantName, string>> = {};
  const firstStepSeconds: Partial<Record<VariantName, number>> = {};
  const speeds: Partial<Record<VariantName, number[]>> = {};
  for (const variant of variants) {
    try {
      const warm = await ask(variant, 0.1);
      if (warm.firstStepSeconds !== undefined) firstStepSeconds[variant.name] = warm.firstStepSeconds;
      speeds[variant.name] = [];
    } catch (error) {
      failures[variant.name] = error instanceof Error ? error.message : String(error);
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const variant of variants) speeds[variant.name]?.push((await ask(variant, seconds)).imagesPerSecond);
    process.stderr.write(`${network}, batch ${batch}: round ${round + 1} of ${rounds}\n`);
  }
  return measuredSpeed({ ...setting, firstStepSeconds, failures }, speeds);
}
