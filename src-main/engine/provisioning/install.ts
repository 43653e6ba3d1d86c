import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { compileBinding, findCompiler } from './compile-binding.ts';
import { cudaRequirements } from './cuda-requirements.ts';
import { downloadLibrary } from './download-library.ts';
import { findLibrary } from './find-library.ts';
import type { EngineFile, EngineInstallation } from './installation.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions } from './progress.ts';
import { installStaged } from './staging.ts';
import { verifyBinding } from './verify.ts';
import { downloadWheel, extractWheel } from './wheel.ts';

/** The wheels that Kindling's engine is written for; pip takes the newest. */
export const TENSORFLOW_RANGE = '>=2.16,<3';

const BINDING = 'tfjs_binding.node';

/** Members of a TensorFlow wheel that the engine needs: two libraries and the C headers. */
const WHEEL_PATTERNS = [
  String.raw`tensorflow/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)`,
  String.raw`tensorflow/include/tensorflow/c/.*\.h`,
  String.raw`tensorflow/include/(external/local_)?(xla/)?(xla/)?tsl/c/.*\.h`,
  String.raw`tensorflow/include/.*platform/ctstring[^/]*\.h`,
];
const CUDA_PATTERNS = [String.raw`nvidia/.*/lib/.*\.so[^/]*`, String.raw`nvidia/cuda_nvcc/.*`];
const METADATA_PATTERN = String.raw`tensorflow[^/]*\.dist-info/METADATA`;

const CPU_BYTES = 1.8e9;
const GPU_BYTES = 12e9;

/**
 * Installs TensorFlow for the processor from its Python wheel, downloaded or given, and chooses it.
 * @param options.wheel a `tensorflow_cpu` or `tensorflow` wheel that the user has
 * @throws Problem `engine-missing` (no Python, compiler, network), `engine-invalid`, `disk-full`
 */
export async function installCpuEngine(
  home: string,
  options: InstallOptions & { readonly wheel?: string } = {},
): Promise<EngineInstallation> {
  const given = options.wheel === undefined ? null : resolve(options.wheel);
  if (given !== null && !existsSync(given)) {
    throw new Problem('engine-missing', `There is no wheel ${given}.`);
  }
  return installStaged(
    home,
    'tensorflow-cpu',
    CPU_BYTES,
    async (folder) => {
      await findCompiler();
      const requirement = `${currentPlatform().cpuPackage}${TENSORFLOW_RANGE}`;
      const wheel = given ?? (await downloadWheel(requirement, download(folder), options));
      await extractWheel(wheel, folder, WHEEL_PATTERNS, options);
      removeDownload(folder);
      return buildFromWheel(folder, 'cpu', basename(wheel), [], options);
    },
    options,
  );
}

/**
 * Installs TensorFlow with CUDA (`tensorflow[and-cuda]`): its wheel and the NVIDIA wheels that it names.
 * @throws Problem as installCpuEngine, and `engine-invalid` when no CUDA device is found
 */
export async function installGpuEngine(
  home: string,
  options: InstallOptions = {},
): Promise<EngineInstallation> {
  if (process.platform !== 'linux') {
    throw new Problem(
      'engine-missing',
      'TensorFlow uses NVIDIA cards on Linux only (on Windows: inside WSL 2).',
    );
  }
  return installStaged(
    home,
    'tensorflow-gpu',
    GPU_BYTES,
    async (folder) => {
      await findCompiler();
      const wheel = await downloadWheel(`tensorflow${TENSORFLOW_RANGE}`, download(folder), options);
      await extractWheel(wheel, folder, [...WHEEL_PATTERNS, METADATA_PATTERN], options);
      rmSync(wheel);
      for (const requirement of cudaRequirements(readMetadata(folder))) {
        const cuda = await downloadWheel(requirement, download(folder), options);
        await extractWheel(cuda, folder, CUDA_PATTERNS, options);
        rmSync(cuda);
      }
      removeDownload(folder);
      return buildFromWheel(folder, 'gpu', basename(wheel), cudaFolders(folder), options);
    },
    options,
  );
}

/**
 * Chooses a TensorFlow library that the user has; it stays where it is and only the binding is compiled.
 * @param path see findLibrary
 * @throws Problem `engine-invalid`, `engine-missing` without a compiler
 */
export async function useLibrary(
  home: string,
  path: string,
  options: InstallOptions = {},
): Promise<EngineInstallation> {
  const library = findLibrary(path);
  return installStaged(
    home,
    'custom',
    5e7,
    async (folder) => {
      const binding = join(folder, BINDING);
      await compileBinding({ ...library, output: binding, runPaths: [library.libraryFolder] }, options);
      const { version, gpu, devices } = await verifyBinding(binding, [library.libraryFolder], null, options);
      return {
        kind: gpu ? 'gpu' : 'cpu',
        version,
        source: resolve(path),
        binding: BINDING,
        libraryPath: [library.libraryFolder],
        devices: [...devices],
      };
    },
    options,
  );
}

/**
 * Installs the library that @tensorflow/tfjs-node would download itself (TensorFlow 2.9.1, for the processor).
 * @throws Problem `engine-missing` when the address does not answer
 */
export async function installPackageEngine(
  home: string,
  options: InstallOptions = {},
): Promise<EngineInstallation> {
  return installStaged(
    home,
    'tensorflow-package',
    CPU_BYTES,
    async (folder) => {
      await findCompiler();
      const source = await downloadLibrary(folder, options);
      const library = findLibrary(folder);
      const binding = join(folder, BINDING);
      await compileBinding(
        { ...library, output: binding, runPaths: [`${currentPlatform().origin}/lib`] },
        options,
      );
      const { version, devices } = await verifyBinding(binding, [], 'cpu', options);
      return { kind: 'cpu', version, source, binding: BINDING, libraryPath: [], devices: [...devices] };
    },
    options,
  );
}

async function buildFromWheel(
  folder: string,
  kind: 'cpu' | 'gpu',
  source: string,
  libraryPath: readonly string[],
  options: InstallOptions,
): Promise<Omit<EngineFile, 'name' | 'installedAt'>> {
  const { origin, libraries } = currentPlatform();
  const binding = join(folder, BINDING);
  const plan = {
    output: binding,
    include: join(folder, 'tensorflow', 'include'),
    libraryFolder: join(folder, 'tensorflow'),
    libraries,
    runPaths: ['tensorflow', ...libraryPath].map((path) => `${origin}/${path}`),
  };
  await compileBinding(plan, options);
  const absolute = libraryPath.map((path) => join(folder, path));
  const { version, devices } = await verifyBinding(binding, absolute, kind, options);
  return { kind, version, source, binding: BINDING, libraryPath: [...libraryPath], devices: [...devices] };
}

/** Downloads go below the staging folder, so that they vanish with it. */
function download(folder: string): string {
  return join(folder, 'download');
}

function removeDownload(folder: string): void {
  rmSync(download(folder), { recursive: true, force: true });
}

function readMetadata(folder: string): string {
  const information = readdirSync(folder).find((name) => name.endsWith('.dist-info'));
  if (information === undefined) throw new Error(`${folder} holds no METADATA of the TensorFlow wheel`);
  return readFileSync(join(folder, information, 'METADATA'), 'utf8');
}

/** The `lib` folders of the NVIDIA wheels, relative to the engine's folder. */
function cudaFolders(folder: string): string[] {
  const root = join(folder, 'nvidia');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => join('nvidia', name, 'lib'))
    .filter((path) => existsSync(join(folder, path)) && statSync(join(folder, path)).isDirectory());
}
