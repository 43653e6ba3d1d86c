import { BENCH_NETWORKS } from '../train/networks.ts';

/** A cell of the demo's study. */
function demoCell(sr: number, pct3x3: number): Readonly<Record<string, unknown>> {
  return {
    ...{ family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 16, baseE: 16, incrE: 16 },
    ...{ batchNorm: true, bypass: 'simple', dropout: 0, sr, pct3x3 },
  };
}

/** Those of the training bench, and narrow ones as sweeps train them, at 32x32x3 with ten classes. */
export const KERNEL_BENCH_NETWORKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...BENCH_NETWORKS,
  'demo-0.125-0': demoCell(0.125, 0),
  'demo-0.5-0.5': demoCell(0.5, 0.5),
  'demo-1-1': demoCell(1, 1),
};
