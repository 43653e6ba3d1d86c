/**
 * `npm run bench -- operations [--json] [--network NAME]`
 *
 * What a training step consists of, as it is recorded on the chosen engine: with TensorFlow operations of its graph, for each of
 * which but a reshape a card takes a launch at least; with WebGPU programs of the device.
 */
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { z } from 'zod';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { countOperations, operationRows } from './operations/count-operations.ts';
import { BENCH_NETWORKS } from './shared/networks.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    network: { type: 'string', multiple: true, default: Object.keys(BENCH_NETWORKS) },
  },
});
const engine = selectedEngine(kindlingHome());
const cores = os.availableParallelism();
const worker = path.join(import.meta.dirname, 'operations', 'worker.ts');
const { status, stdout } = spawnSync(process.execPath, [worker, ...values.network], {
  env: { ...process.env, ...computingEnvironment(engine)(cores) },
  stdio: ['ignore', 'pipe', 'inherit'],
  encoding: 'utf8',
});
if (status !== 0) throw new Error(`the process that records ended with status ${status ?? 'none'}`);
const counted = countOperations(
  z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')),
);
if (values.json) console.log(JSON.stringify({ cores, engine: `${engine.name} ${engine.version}`, counted }));
else {
  const table = new Table({ head: ['operation', ...counted.networks], style: { head: [], border: [] } });
  table.push(...operationRows(counted));
  console.log(table.toString());
}
