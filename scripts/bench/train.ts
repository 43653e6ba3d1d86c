/**
 * `npm run bench -- train [--json] [--rounds N] [--seconds S] [--network NAME] [--batch N] [--no-compile]`
 *
 * Images/s of a training step, the same network and batch in each of: our compiled step, eager with our
 * kernels, eager as tfjs-node ships it, and PyTorch (channels_last; eager and torch.compile) where Python has
 * it. Each runs in a process of its own, with all cores; narrow networks in as many processes of one thread as there are
 * cores, at the same time, whose images/s are summed. In each round every one is measured once, in turn, since machines
 * are noisy, and what counts are the ratios within a round.
 *
 * PyTorch is measured twice: as it comes, and with the environment that Kindling gives its own trainers (the
 * allocator's thresholds), which speeds it up as well.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { findPython } from './shared/find-python.ts';
import { spread, type Spread } from './shared/spread.ts';
import { startWorker, type BenchWorker } from './shared/bench-worker.ts';
import { BENCH_NETWORKS, benchNetwork } from './shared/networks.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    network: { type: 'string', multiple: true, default: Object.keys(BENCH_NETWORKS) },
    batch: { type: 'string', multiple: true },
    compile: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

type Speeds = Record<string, number[]>;

interface Measured {
  readonly network: string;
  readonly batch: number;
  /** That train at the same time, with an equal share of the cores each. */
  readonly processes: number;
  readonly rounds: number;
  /** Median images/s, of all processes together. */
  readonly imagesPerSecond: Record<string, number>;
  /** Over eager as tfjs-node ships it. */
  readonly compiledOverEager: number;
  readonly compiledOverEagerRange: [number, number];
  /** Over eager with our kernels. */
  readonly compiledOverOwnEager: number;
  /** Over the better of PyTorch eager and torch.compile as they come; null without PyTorch. */
  readonly compiledOverPyTorch: number | null;
  readonly compiledOverPyTorchRange: [number, number] | null;
  /** Over PyTorch eager with the allocator set as for our trainers. */
  readonly compiledOverPyTorchTuned: number | null;
}

const python = findPython(['torch']);
const engine = selectedEngine(kindlingHome());
const cores = os.availableParallelism();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const results: Measured[] = [];
try {
  for (const network of values.network)
    for (const batch of values.batch?.map(Number) ?? benchNetwork(network).batches)
      results.push(await measureNetwork(network, batch));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
report();

async function measureNetwork(network: string, batch: number): Promise<Measured> {
  const description = benchNetwork(network);
  const processes = description.isNarrow ? cores : 1;
  const threads = cores / processes;
  const tuned = computingEnvironment(engine)(threads);
  const plain = Object.fromEntries(Object.entries(tuned).filter(([name]) => !name.startsWith('MALLOC_')));
  const graph = resolveNetwork(parseNetwork(description.network), { input: [32, 32, 3], classes: 10 });
  const file = path.join(folder, `${network}.json`);
  fs.writeFileSync(file, JSON.stringify(graph));
  const parameters = [file, String(batch)];
  const own = path.join(import.meta.dirname, 'train', 'tensorflow-worker.ts');
  const torch = path.join(import.meta.dirname, 'train', 'pytorch_worker.py');
  const workers: BenchWorker[] = [];
  const start = async (
    command: string,
    program: string,
    environment: Record<string, string>,
    greets: boolean,
  ): Promise<BenchWorker[]> => {
    const started = await Promise.all(
      Array.from({ length: processes }, () =>
        startWorker(command, [program, ...parameters], environment, greets),
      ),
    );
    workers.push(...started);
    return started;
  };
  try {
    const ours = await start(process.execPath, own, tuned, false);
    const shipped = await start(process.execPath, own, plain, false);
    const variants: [name: string, workers: readonly BenchWorker[], variant: string][] = [
      ['compiled', ours, 'compiled'],
      ['eager', ours, 'eager'],
      ['shipped', shipped, 'shipped'],
    ];
    if (python !== null) {
      const asItComes = await start(python, torch, { OMP_NUM_THREADS: String(threads) }, true);
      const tunedTorch = await start(python, torch, tuned, true);
      variants.push(['pytorch', asItComes, 'eager'], ['pytorchTuned', tunedTorch, 'eager']);
      if (values.compile) variants.push(['pytorchCompile', asItComes, 'compiled']);
    }
    const speeds: Speeds = Object.fromEntries(variants.map(([name]) => [name, []]));
    for (const [, measured, variant] of variants) await imagesPerSecond(measured, variant, 0.1);
    for (let round = 0; round < rounds; round++) {
      for (const [name, measured, variant] of variants)
        speeds[name]?.push(await imagesPerSecond(measured, variant, seconds));
      process.stderr.write(`${network}, batch ${batch}: round ${round + 1} of ${rounds}\n`);
    }
    return summarize({ network, batch, processes, rounds }, speeds);
  } finally {
    for (const worker of workers) worker.close();
  }
}

/** The sum over the workers, of each the median over the steps of so many seconds. */
async function imagesPerSecond(
  measured: readonly BenchWorker[],
  variant: string,
  during: number,
): Promise<number> {
  const answers = await Promise.all(measured.map((worker) => worker.ask({ variant, seconds: during })));
  return answers.reduce<number>(
    (sum, answer) => sum + (answer as { imagesPerSecond: number }).imagesPerSecond,
    0,
  );
}

function summarize(
  setting: Pick<Measured, 'network' | 'batch' | 'processes' | 'rounds'>,
  speeds: Speeds,
): Measured {
  const { compiled = [], eager = [], shipped = [], pytorch, pytorchTuned, pytorchCompile } = speeds;
  const ratios = (others: number[]): Spread =>
    spread(compiled.map((value, round) => value / (others[round] ?? NaN)));
  const overEager = ratios(shipped);
  const better = pytorch?.map((value, round) => Math.max(value, pytorchCompile?.[round] ?? 0));
  const overPyTorch = better === undefined ? null : ratios(better);
  return {
    ...setting,
    imagesPerSecond: Object.fromEntries(
      Object.entries(speeds).map(([name, list]) => [name, Math.round(spread(list).median)]),
    ),
    compiledOverEager: overEager.median,
    compiledOverEagerRange: [overEager.low, overEager.high],
    compiledOverOwnEager: ratios(eager).median,
    compiledOverPyTorch: overPyTorch?.median ?? null,
    compiledOverPyTorchRange: overPyTorch === null ? null : [overPyTorch.low, overPyTorch.high],
    compiledOverPyTorchTuned: pytorchTuned === undefined ? null : ratios(pytorchTuned).median,
  };
}

function report(): void {
  if (values.json) {
    console.log(JSON.stringify({ cores, engine: `${engine.name} ${engine.version}`, ratios: results }));
    return;
  }
  const table = new Table({
    head: [
      'network',
      'batch',
      'processes',
      'compiled',
      'eager',
      'shipped',
      'PyTorch',
      'torch.compile',
      'PyTorch tuned',
      'compiled / shipped',
      'compiled / PyTorch',
      'compiled / tuned',
    ],
    style: { head: [], border: [] },
  });
  const ratio = (value: number | null, range?: [number, number] | null) =>
    value === null
      ? ''
      : value.toFixed(2) + (range ? ` (${range[0].toFixed(2)} to ${range[1].toFixed(2)})` : '');
  for (const each of results) {
    const speed = (name: string) => String(each.imagesPerSecond[name] ?? '');
    table.push([
      each.network,
      each.batch,
      each.processes,
      speed('compiled'),
      speed('eager'),
      speed('shipped'),
      speed('pytorch'),
      speed('pytorchCompile'),
      speed('pytorchTuned'),
      ratio(each.compiledOverEager, each.compiledOverEagerRange),
      ratio(each.compiledOverPyTorch, each.compiledOverPyTorchRange),
      ratio(each.compiledOverPyTorchTuned),
    ]);
  }
  console.log(table.toString());
  console.log(`${rounds} rounds; median over the rounds, range of the ratios in brackets; ${cores} cores`);
}
