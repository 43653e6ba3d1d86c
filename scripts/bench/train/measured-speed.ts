import { spread, type Spread } from '../shared/spread.ts';
import type { VariantName } from './variants.ts';

/** Images/s of each variant that could be measured, in the rounds. */
export type Speeds = Partial<Record<VariantName, readonly number[]>>;

export interface MeasuredSpeed {
  readonly network: string;
  readonly batch: number;
  /** Names of the devices, ours and PyTorch's. */
  readonly devices: readonly string[];
  /** That train at the same time, with an equal share of the cores each. */
  readonly processes: number;
  readonly rounds: number;
  /** Median images/s, of all processes together. */
  readonly imagesPerSecond: Partial<Record<VariantName, number>>;
  /** Seconds until a compiled variant had taken its first step; what it compiles is not in its images/s. */
  readonly firstStepSeconds: Partial<Record<VariantName, number>>;
  /** Why a variant could not be measured. */
  readonly failures: Partial<Record<VariantName, string>>;
  /** Over eager as tfjs-node ships it; null where that was not measured. */
  readonly compiledOverEager: Spread | null;
  /** Over eager with our kernels; null where that was not measured. */
  readonly compiledOverOwnEager: Spread | null;
  /** Over that which is given the values of its images at each step; null where that was not measured. */
  readonly compiledOverFed: Spread | null;
  /** In a lower precision over that in float32; null where only that was measured. */
  readonly compiledOverFloat32: Spread | null;
  /** Over that with XLA; null where that was not measured. */
  readonly compiledOverXla: Spread | null;
  /** Over the best of PyTorch eager, torch.compile and that with CUDA graphs, in each round; null without PyTorch. */
  readonly compiledOverPyTorch: Spread | null;
  /** Over the best of those where their loss is not read at each step; null where that was not measured. */
  readonly compiledOverPyTorchUnread: Spread | null;
  /** Over the better of PyTorch eager and torch.compile with the allocator set as for our trainers; null where that was not measured. */
  readonly compiledOverPyTorchTuned: Spread | null;
}

type Setting = Pick<
  MeasuredSpeed,
  'network' | 'batch' | 'devices' | 'processes' | 'rounds' | 'firstStepSeconds' | 'failures'
>;

/** @throws Error if the compiled step itself could not be measured */
export function measuredSpeed(setting: Setting, speeds: Speeds): MeasuredSpeed {
  const { compiled } = speeds;
  if (compiled === undefined)
    throw new Error(setting.failures.compiled ?? 'the compiled step was not measured');
  const over = (others: readonly number[]): Spread =>
    spread(compiled.map((value, round) => value / (others[round] ?? Number.NaN)));
  const overBest = (names: readonly VariantName[]): Spread | null => {
    const lists = names.flatMap((name) => (speeds[name] === undefined ? [] : [speeds[name]]));
    if (lists.length === 0) return null;
    return over(compiled.map((_, round) => Math.max(...lists.map((list) => list[round] ?? Number.NaN))));
  };
  return {
    ...setting,
    imagesPerSecond: Object.fromEntries(
      Object.entries(speeds).map(([name, list]) => [name, Math.round(spread(list).median)]),
    ),
    compiledOverEager: overBest(['shipped']),
    compiledOverOwnEager: overBest(['eager']),
    compiledOverFed: overBest(['fed']),
    compiledOverFloat32: overBest(['float32']),
    compiledOverXla: overBest(['xla']),
    compiledOverPyTorch: overBest(['pytorch', 'pytorchCompile', 'pytorchGraphs']),
    compiledOverPyTorchUnread: overBest(['pytorchUnread', 'pytorchCompileUnread', 'pytorchGraphsUnread']),
    compiledOverPyTorchTuned: overBest(['pytorchTuned', 'pytorchTunedCompile']),
  };
}
