import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { BINDING_HEADERS, BINDING_PACKAGE } from './binding-file.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { lastLines, runCommand } from '../../../../work/run-command.ts';

const require = createRequire(import.meta.url);

export interface BindingPlan {
  /** Where the binding goes. */
  readonly output: string;
  /** Folder that holds `tensorflow/c/c_api.h`. */
  readonly include: string;
  readonly libraryFolder: string;
  /** File names of the libraries to link, in that folder. */
  readonly libraries: readonly string[];
  /** Where the loader finds them at run time: absolute, or relative to the binding. */
  readonly runPaths: readonly string[];
}

/**
 * Compiles the Node binding of @tensorflow/tfjs-node-gpu (its sources are those of tfjs-node) against a
 * TensorFlow library, with our own references to JavaScript and options of sessions. The compiler is $CXX, c++, g++ or clang++.
 * @throws Problem `engine-missing` without a compiler, `engine-invalid` when it refuses
 */
export async function compileBinding(plan: BindingPlan, options: InstallOptions): Promise<void> {
  options.onProgress?.({ stage: 'compile', detail: 'TensorFlow binding', done: null, total: null });
  const compiler = await findCompiler();
  const result = await runCommand(compiler, compilerParameters(plan), { signal: options.signal });
  if (result.status !== 0) {
    throw new Problem(
      'engine-invalid',
      `${compiler} could not compile the TensorFlow binding against ${plan.libraryFolder}:\n${lastLines(result.stderr, 12)}`,
    );
  }
}

/** The C++ compiler's name. @throws Problem `engine-missing` with what to install */
export async function findCompiler(): Promise<string> {
  const candidates = [process.env['CXX'], 'c++', 'g++', 'clang++'].filter((name) => name !== undefined);
  for (const candidate of candidates) {
    try {
      if ((await runCommand(candidate, ['--version'])).status === 0) return candidate;
    } catch {
      // Not there: the next.
    }
  }
  const install =
    process.platform === 'darwin' ? '`xcode-select --install`' : '`apt-get install g++` (Debian, Ubuntu)';
  throw new Problem('engine-missing', `No C++ compiler was found: run ${install}, or set CXX.`);
}

function compilerParameters(plan: BindingPlan): string[] {
  const nodeHeaders = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const { linkerFlags } = currentPlatform();
  return [
    ...['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8', '-pthread'],
    ...BINDING_HEADERS.flatMap((header) => ['-include', header]),
    ...[`-I${nodeHeaders}`, `-I${plan.include}`, `-I${BINDING_PACKAGE}`],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((source) => join(BINDING_PACKAGE, 'binding', source)),
    ...['-o', plan.output, ...linkerFlags],
    ...plan.libraries.map((library) => join(plan.libraryFolder, library)),
    ...plan.runPaths.map((path) => `-Wl,-rpath,${path}`),
  ];
}
