/**
 * `npm run bench -- profile [--json] [--network NAME] [--batch N] [--steps N] [--xla]`
 *
 * Where the time of a training step goes: what TensorFlow tells of each operation of a traced step, on a GPU of each kernel and copy; with
 * WebGPU how long each program takes by the device's clock, or how many there are where it has none. Beside it the time of steps that are not traced, and their arithmetic over that of a large product of matrices on the same device.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { z } from 'zod';
import { networkCost } from '../../src-shared/networks/costs.ts';
import { XLA, xlaEnvironment } from '../../src-main/engine/engines/tensorflow/xla.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { BENCH_NETWORKS, graphOf } from './shared/networks.ts';
import { type NetworkProfile, kindRows, notesOf, summaryRows } from './profile/profile-tables.ts';
import { isTraced } from './profile/traced-run.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    network: { type: 'string', multiple: true, default: Object.keys(BENCH_NETWORKS) },
    batch: { type: 'string', default: '128' },
    steps: { type: 'string', default: '10' },
    xla: { type: 'boolean', default: false },
  },
});
const engine = selectedEngine(kindlingHome());
if (!isTraced(engine.engine))
  throw new Error(
    `${engine.name} tells nothing of what it does: choose TensorFlow or WebGPU, e.g. KINDLING_ENGINE=tensorflow-cpu`,
  );
if (values.xla && engine.engine !== 'tensorflow')
  throw new Error(`${engine.name} has no XLA, which compiles TensorFlow's operations`);
const cores = os.availableParallelism();
const batch = Number(values.batch);
const worker = path.join(import.meta.dirname, 'profile', 'worker.ts');
const profileSchema = z.object({
  unit: z.enum(['operations', 'kernels and copies', 'programs']),
  steps: z.number(),
  launches: z.number(),
  workMilliseconds: z.number().nullable(),
  spanMilliseconds: z.number().nullable(),
  kinds: z.array(z.object({ kind: z.string(), times: z.number(), milliseconds: z.number().nullable() })),
});
const answerSchema = z.object({
  ...{ device: z.string(), stepSeconds: z.number(), flopsPerSecond: z.number() },
  ...{ note: z.string().nullable(), profile: profileSchema },
});

const profiles = values.network.map((network): NetworkProfile => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-profile-'));
  const file = path.join(folder, 'trace');
  try {
    const { status, stdout } = spawnSync(
      process.execPath,
      [worker, network, values.batch, values.steps, file],
      {
        env: {
          ...process.env,
          ...computingEnvironment(engine)(cores),
          // it compiles TensorFlow's operations, not ours
          ...(values.xla ? { ...xlaEnvironment({ [XLA]: '1' }), KINDLING_KERNELS: 'off' } : {}),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(`the process that trains ended with status ${status ?? 'none'}`);
    const answer = answerSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    return { network, batch, macs: networkCost(graphOf(network)).macs, ...answer };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
if (values.json) console.log(JSON.stringify({ cores, engine: `${engine.name} ${engine.version}`, profiles }));
else {
  const style = { head: [], border: [] };
  for (const { head, rows } of [summaryRows(profiles), kindRows(profiles)]) {
    const table = new Table({ head, style });
    table.push(...rows);
    console.log(table.toString());
  }
  for (const note of notesOf(profiles)) console.log(note);
  console.log(`${engine.name} ${engine.version} on ${profiles[0]?.device ?? 'no device'}, ${cores} cores`);
}
