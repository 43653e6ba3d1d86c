import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { lastLines, runCommand } from '../../../../work/run-command.ts';

const require = createRequire(import.meta.url);

const PACKAGE = require.resolve('@tensorflow/tfjs-node-gpu/package.json');

/** Takes the place of tfjs-node's header, which deletes references to JavaScript on any thread. */
const REFERENCES = join(import.meta.dirname, '../../../../../src-native/binding/napi-auto-ref.h');

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
 * TensorFlow library, with our own references to JavaScript. The compiler is $CXX, c++, g++ or clang++.
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
  noteSources(sourcesFile(plan.output));
}

/** Whether a binding was compiled from the sources of this version of Kindling. */
export function isCurrentBinding(binding: string): boolean {
  return namesSources(sourcesFile(binding));
}

/** The file beside a binding that tells what it was compiled from. */
export function sourcesFile(binding: string): string {
  return `${binding}.sources`;
}

/** Notes in a file which sources of the binding this version of Kindling has. */
export function noteSources(file: string): void {
  writeFileSync(file, bindingSources());
}

/** Whether a file names the sources of this version; not if it is not there. */
export function namesSources(file: string): boolean {
  try {
    return readFileSync(file, 'utf8') === bindingSources();
  } catch {
    return false;
  }
}

/** A digest: an engine outlives versions of Kindling. */
function bindingSources(): string {
  const hash = createHash('sha256');
  for (const file of [PACKAGE, REFERENCES]) hash.update(readFileSync(file));
  return hash.digest('hex');
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
  const tfjs = dirname(PACKAGE);
  const nodeHeaders = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const { linkerFlags } = currentPlatform();
  return [
    ...['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8', '-pthread'],
    ...['-include', REFERENCES],
    ...[`-I${nodeHeaders}`, `-I${plan.include}`, `-I${tfjs}`],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((source) => join(tfjs, 'binding', source)),
    ...['-o', plan.output, ...linkerFlags],
    ...plan.libraries.map((library) => join(plan.libraryFolder, library)),
    ...plan.runPaths.map((path) => `-Wl,-rpath,${path}`),
  ];
}
