import path from 'node:path';
import type { Precision } from '../../../src-shared/studies/recipe.ts';
import { XLA, xlaEnvironment } from '../../../src-main/engine/engines/tensorflow/xla.ts';
import { startWorker, type BenchWorker } from '../shared/bench-worker.ts';

/** Workers that train one network in one way, all at the same time. */
export interface Variant {
  readonly name: VariantName;
  readonly workers: readonly BenchWorker[];
  /** What the workers call it. */
  readonly way: string;
}

/**
 * Compiled is the step that a study takes, which makes the values of its images from bytes and takes several steps a call where the engine does;
 * fed is given the values at each step instead, as eager steps and PyTorch on a CPU are. Float32 is the compiled step in that, where another precision is measured, xla the compiled step with XLA and without kernels of ours, which it
 * cannot compile; eager is with our kernels, shipped with tfjs-node's own;
 * tuned is PyTorch in the environment of our trainers. On a GPU there are torch.compile with CUDA graphs, too, and PyTorch without
 * reading the loss of each step, which ours and all others do.
 */
export type VariantName =
  | ('compiled' | 'fed' | 'float32' | 'xla' | 'eager' | 'shipped')
  | ('pytorch' | 'pytorchCompile' | 'pytorchTuned' | 'pytorchTunedCompile')
  | ('pytorchGraphs' | 'pytorchUnread' | 'pytorchCompileUnread' | 'pytorchGraphsUnread');

export interface VariantsWanted {
  /** The network's graph, as JSON. */
  readonly graphFile: string;
  readonly batch: number;
  /** Of each variant. */
  readonly processes: number;
  /** Of each process. */
  readonly threads: number;
  /** That of our trainers. */
  readonly environment: Readonly<Record<string, string>>;
  /** PyTorch trains where the engine does. */
  readonly device: 'cpu' | 'gpu';
  /** Of the compiled step and of PyTorch; below float32 the compiled step in that stands in the place of the eager ones. */
  readonly precision: Precision;
  /** Whether the compiled step is measured with XLA, too. */
  readonly xla: boolean;
  /** Whether the engine makes the values of images from bytes, so that the step that is given them is another one. */
  readonly fromBytes: boolean;
  /** Null leaves PyTorch out. */
  readonly python: string | null;
  /** Whether `torch.compile` is measured, too. */
  readonly compile: boolean;
  /** An empty folder for what torch.compile makes, so that each of its processes compiles from the beginning. */
  readonly folder: string;
}

/** Starts the processes that are compared. On failure those that were started are closed. */
export async function startVariants(wanted: VariantsWanted): Promise<Variant[]> {
  const { graphFile, batch, environment, python, threads, device, precision } = wanted;
  const started: BenchWorker[] = [];
  const start = async (
    command: string,
    program: string,
    variables: readonly Readonly<Record<string, string>>[],
  ): Promise<BenchWorker[]> => {
    const file = path.join(import.meta.dirname, program);
    const begun = variables.map((each) =>
      startWorker(command, [file, graphFile, String(batch), device, precision], each),
    );
    const workers = await Promise.all(begun);
    started.push(...workers);
    return workers;
  };
  const each = (variables: Readonly<Record<string, string>>) =>
    Array.from({ length: wanted.processes }, () => variables);
  const startTorch = (command: string, name: string, variables: Readonly<Record<string, string>>) => {
    const inductor = (place: number) => path.join(wanted.folder, `${name}-${place}`);
    const own = each(variables).map((some, place) => ({ ...some, TORCHINDUCTOR_CACHE_DIR: inductor(place) }));
    return start(command, 'pytorch_worker.py', own);
  };
  try {
    const ours = await start(process.execPath, 'tensorflow-worker.ts', each(environment));
    const startShipped = () => start(process.execPath, 'tensorflow-worker.ts', each(asItComes(environment)));
    const compared: Variant[] =
      precision === 'float32'
        ? [
            { name: 'eager', workers: ours, way: 'eager' },
            { name: 'shipped', workers: await startShipped(), way: 'shipped' },
          ]
        : [{ name: 'float32', workers: ours, way: 'float32' }];
    const startXla = () => start(process.execPath, 'tensorflow-worker.ts', each(withXla(environment)));
    const tensorFlow: Variant[] = [
      { name: 'compiled', workers: ours, way: 'compiled' },
      ...(wanted.fromBytes ? [{ name: 'fed' as const, workers: ours, way: 'fed' }] : []),
      ...(wanted.xla ? [{ name: 'xla' as const, workers: await startXla(), way: 'compiled' }] : []),
      ...compared,
    ];
    if (python === null) return tensorFlow;
    const plain = await startTorch(python, 'plain', { OMP_NUM_THREADS: String(threads) });
    const torch =
      device === 'gpu' ? onGpu(plain) : onCpu(plain, await startTorch(python, 'tuned', environment));
    return [...tensorFlow, ...torch.filter(({ way }) => wanted.compile || way.startsWith('eager'))];
  } catch (error) {
    for (const worker of started) worker.close();
    throw error;
  }
}

/** The environment of our trainers without the settings of the allocator. */
function asItComes(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('MALLOC_')));
}

function withXla(environment: Readonly<Record<string, string>>): Record<string, string> {
  return { ...environment, ...xlaEnvironment({ [XLA]: '1' }), KINDLING_KERNELS: 'off' };
}

function onCpu(plain: Variant['workers'], tuned: Variant['workers']): Variant[] {
  return [
    { name: 'pytorch', workers: plain, way: 'eager' },
    { name: 'pytorchTuned', workers: tuned, way: 'eager' },
    { name: 'pytorchCompile', workers: plain, way: 'compiled' },
    { name: 'pytorchTunedCompile', workers: tuned, way: 'compiled' },
  ];
}

function onGpu(workers: Variant['workers']): Variant[] {
  const ways = { pytorch: 'eager', pytorchCompile: 'compiled', pytorchGraphs: 'graphs' } as const;
  return (Object.keys(ways) as (keyof typeof ways)[]).flatMap((name) => [
    { name, workers, way: ways[name] },
    { name: `${name}Unread` as const, workers, way: `${ways[name]}, unread` },
  ]);
}
