import { createRequire } from 'node:module';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { lastLines, runCommand } from '../../../../work/run-command.ts';
import { type BindingPlan, findCompiler } from './compile-binding.ts';
import { KERNEL_SOURCES, kernelUnits } from './kernel-sources.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions } from '../../../installations/progress.ts';

const require = createRequire(import.meta.url);

/** The source that is compiled for each instruction set. */
const BLOCKS = 'block-kernels.cpp';

/** Beside the portable path, which has no flags: what x64 processors may have. Chosen at run time. */
const INSTRUCTION_SETS: Readonly<Record<string, readonly string[]>> = {
  avx2: ['-mavx2', '-mfma'],
  avx512: ['-mavx512f', '-mavx512vl', '-mavx512dq', '-mavx512bw', '-mfma', '-mprefer-vector-width=512'],
};

/**
 * Compiles Kindling's own kernels (src-native) as a module for Node. An instruction set that the compiler does not know
 * is left out.
 * @throws Problem `engine-missing` without a compiler, `engine-invalid` when it refuses the portable code
 */
export async function compileKernels(plan: BindingPlan, options: InstallOptions): Promise<void> {
  options.onProgress?.({ stage: 'compile', detail: 'kernels', done: null, total: null });
  const compiler = await findCompiler();
  const objects = `${plan.output}.objects`;
  mkdirSync(objects);
  try {
    const compile = (source: string, object: string, flags: readonly string[]): Promise<string | null> =>
      run(compiler, [
        ...compilerFlags(plan),
        ...flags,
        '-c',
        join(KERNEL_SOURCES, source),
        '-o',
        join(objects, object),
      ]);
    const blocks = (set: string, flags: readonly string[]): Promise<string | null> =>
      compile(BLOCKS, `${set}.o`, [`-DKINDLING_ISA=${set}`, ...flags]);

    const sets: string[] = [];
    for (const [set, flags] of process.arch === 'x64' ? Object.entries(INSTRUCTION_SETS) : [])
      if ((await blocks(set, flags)) === null) sets.push(set);
    const have = sets.map((set) => `-DKINDLING_HAS_${set.toUpperCase()}`);
    const others = kernelUnits().filter((name) => name !== BLOCKS);
    const failed = [
      await blocks('portable', []),
      ...(await Promise.all(others.map((name) => compile(name, `${name}.o`, have)))),
    ].find((message) => message !== null);
    const refused =
      failed ?? (await run(compiler, linkerFlags(plan, objects, [...sets, 'portable'], others)));
    if (refused !== null)
      throw new Problem('engine-invalid', `${compiler} could not compile the kernels:\n${refused}`);
  } finally {
    rmSync(objects, { recursive: true, force: true });
  }

  /** What the compiler said last; null if it was content. */
  async function run(program: string, parameters: string[]): Promise<string | null> {
    const result = await runCommand(program, parameters, { signal: options.signal });
    return result.status === 0 ? null : lastLines(result.stderr, 12);
  }
}

function compilerFlags({ include }: BindingPlan): string[] {
  const nodeHeaders = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  return [
    ...['-fPIC', '-O3', '-std=c++17', '-w', '-ffp-contract=fast', '-fvisibility=hidden', '-DNAPI_VERSION=8'],
    ...[`-I${nodeHeaders}`, `-I${include}`],
  ];
}

function linkerFlags(
  plan: BindingPlan,
  objects: string,
  sets: readonly string[],
  sources: readonly string[],
): string[] {
  return [
    ...['-shared', '-pthread', '-o', plan.output],
    ...[...sets, ...sources].map((name) => join(objects, `${name}.o`)),
    ...currentPlatform().linkerFlags,
    ...plan.libraries.map((library) => join(plan.libraryFolder, library)),
    ...plan.runPaths.map((path) => `-Wl,-rpath,${path}`),
  ];
}
