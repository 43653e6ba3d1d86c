/**
 * `npm run bench -- kernels [--json] [--rounds N] [--network NAME] [--batch N] [--threads N] [--kernels NAME …]`
 *
 * What our own kernels bring to a compiled training step: images/s with TensorFlow's kernels and with ours, taken in turn
 * within one process, since machines are noisy; what counts is the median of the ratios within a round. Each of `--kernels` is
 * measured by itself, and all together as `all`. The environment of this program goes to the measuring process, so that
 * KINDLING_KERNELS=avx2 ONEDNN_MAX_CPU_ISA=AVX2 measures what a processor without AVX-512 would do.
 */
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../src-main/home.ts';
import type { StepRatio } from './kernels/worker.ts';
import { BENCH_NETWORKS, benchNetwork } from './shared/networks.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    network: { type: 'string', multiple: true, default: Object.keys(BENCH_NETWORKS) },
    batch: { type: 'string', multiple: true },
    threads: { type: 'string', default: String(os.availableParallelism()) },
    kernels: { type: 'string', multiple: true, default: [] },
  },
});

const threads = Number(values.threads);
const worker = path.join(import.meta.dirname, 'kernels', 'worker.ts');
const environment = computingEnvironment(selectedEngine(kindlingHome()))(threads);
const results = values.network.flatMap((network) =>
  (values.batch ?? benchNetwork(network).batches.map(String)).map((batch) => measure(network, batch)),
);
report();

function measure(network: string, batch: string): StepRatio {
  process.stderr.write(`${network}, batch ${batch} …\n`);
  const parameters = [worker, network, batch, values.rounds, ...values.kernels];
  const { stdout, status, stderr } = spawnSync(process.execPath, parameters, {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as StepRatio;
}

function report(): void {
  if (values.json) {
    console.log(JSON.stringify({ threads, ratios: results }));
    return;
  }
  const variants = Object.keys(results[0]?.ratios ?? {}).filter((name) => name !== 'tensorflow');
  const table = new Table({
    head: ['network', 'batch', 'instructions', 'TensorFlow, images/s', 'ours, images/s', ...variants],
    style: { head: [], border: [] },
  });
  for (const { network, batch, instructionSet, imagesPerSecond, ratios } of results)
    table.push([
      ...[network, batch, instructionSet],
      ...['tensorflow', 'all'].map((name) => Math.round(imagesPerSecond[name] ?? Number.NaN)),
      ...variants.map((name) => (ratios[name] ?? Number.NaN).toFixed(2)),
    ]);
  console.log(table.toString());
  console.log(
    `${values.rounds} rounds on ${threads} threads; medians of the ratios over TensorFlow's kernels`,
  );
}
