import fs from 'node:fs';
import path from 'node:path';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

/** What the training bench compares, at 32x32x3 with ten classes. */
export interface BenchNetwork {
  readonly network: Readonly<Record<string, unknown>>;
  /** Measured with each of these unless others are asked for. */
  readonly batches: readonly number[];
  /** Whether it is trained as sweeps train narrow networks: on one thread, beside as many others as there are further cores. */
  readonly isNarrow: boolean;
}

const wide = (network: BenchNetwork['network']): BenchNetwork => ({
  network: { ...network, stem: 'small' },
  batches: [32, 128],
  isNarrow: false,
});

/** A cell of the demo's study. */
const narrow = (sr: number, pct3x3: number): BenchNetwork => ({
  network: {
    ...{ family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 16, baseE: 16, incrE: 16 },
    ...{ batchNorm: true, bypass: 'simple', dropout: 0, sr, pct3x3 },
  },
  batches: [64],
  isNarrow: true,
});

const squeezenet = { family: 'squeezenet', version: '1.1', dropout: 0 };

export const BENCH_NETWORKS: Readonly<Record<string, BenchNetwork>> = {
  squeezenet: wide(squeezenet),
  'squeezenet-batch-norm': wide({ ...squeezenet, batchNorm: true }),
  'mobilenet-v1': wide({ family: 'mobilenet-v1' }),
  'shufflenet-v1': wide({ family: 'shufflenet-v1', groups: 3 }),
  'demo-0.125-0': narrow(0.125, 0),
  'demo-0.5-0.5': narrow(0.5, 0.5),
  'demo-1-1': narrow(1, 1),
};

/** @throws Error that names what there is */
export function benchNetwork(name: string): BenchNetwork {
  const found = BENCH_NETWORKS[name];
  if (found !== undefined) return found;
  throw new Error(`no network ${name}; there are ${Object.keys(BENCH_NETWORKS).join(', ')}`);
}

/** Of 32x32x3 images in ten classes. */
export function graphOf(name: string): Graph {
  return resolveNetwork(parseNetwork(benchNetwork(name).network), { input: [32, 32, 3], classes: 10 });
}

/** Writes the graph of a network, for programs that train it. @returns its file, in the folder */
export function writeGraph(name: string, folder: string): string {
  const file = path.join(folder, 'graph.json');
  fs.writeFileSync(file, JSON.stringify(graphOf(name)));
  return file;
}
