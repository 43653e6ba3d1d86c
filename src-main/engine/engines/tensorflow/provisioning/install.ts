import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { type BindingPlan, compileBinding, findCompiler } from './compile-binding.ts';
import { CARDS_ELSEWHERE } from '../describe-device.ts';
import { cudaRequirements } from './cuda-requirements.ts';
import { downloadLibrary } from './download-library.ts';
import { bindingName } from './binding-file.ts';
import { ensureKernels } from './ensure-kernels.ts';
import { findLibrary } from './find-library.ts';
import { absolute, type EngineFile, type EngineInstallation } from '../../../installations/installation.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { installStaged } from '../../../installations/staging.ts';
import { hasPrebuilt, prebuiltOrCompiled } from './prebuilt.ts';
import { type VerifiedEngine, verifyBinding } from './verify.ts';
import { downloadWheel, extractWheel } from './wheel.ts';

/** The wheels that Kindling's engine is written for; pip takes the newest. */
export const TENSORFLOW_RANGE = '>=2.16,<3';

const ENGINE = 'tensorflow';

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
 * @param wheel a `tensorflow_cpu` or `tensorflow` wheel that the user has
 * @throws Problem `engine-missing` (no Python, compiler, network), `engine-invalid`, `disk-full`
 */
export async function installCpuEngine(
  home: string,
  wheel: string | null,
  options: InstallOptions = {},
): Promise<EngineInstallation> {
  if (wheel !== null && !existsSync(wheel)) {
    throw new Problem('engine-missing', `There is no wheel ${wheel}.`);
  }
  return installWithKernels(home, 'tensorflow-cpu', CPU_BYTES, options, async (folder) => {
    await requireCompiler();
    const requirement = `${currentPlatform().cpuPackage}${TENSORFLOW_RANGE}`;
    const file = wheel ?? (await downloadWheel(requirement, download(folder), options));
    await extractWheel(file, folder, WHEEL_PATTERNS, options);
    removeDownload(folder);
    return buildFromWheel(folder, 'cpu', 'cpu', basename(file), [], options);
  });
}

/**
 * Installs TensorFlow with CUDA (`tensorflow[and-cuda]`): its wheel and the NVIDIA wheels that it names.
 * @param where the cards are: elsewhere, it is enough that the library can be loaded and computes
 * @throws Problem as installCpuEngine, and `engine-invalid` when no CUDA device is found here
 */
export async function installGpuEngine(
  home: string,
  where: 'here' | 'elsewhere',
  options: InstallOptions = {},
): Promise<EngineInstallation> {
  if (process.platform !== 'linux') {
    throw new Problem(
      'engine-missing',
      'TensorFlow uses NVIDIA GPUs on Linux only (on Windows: inside WSL 2).',
    );
  }
  return installWithKernels(home, 'tensorflow-gpu', GPU_BYTES, options, async (folder) => {
    await requireCompiler();
    const wheel = await downloadWheel(`tensorflow${TENSORFLOW_RANGE}`, download(folder), options);
    await extractWheel(wheel, folder, [...WHEEL_PATTERNS, METADATA_PATTERN], options);
    rmSync(wheel);
    for (const requirement of cudaRequirements(readMetadata(folder))) {
      const cuda = await downloadWheel(requirement, download(folder), options);
      await extractWheel(cuda, folder, CUDA_PATTERNS, options);
      rmSync(cuda);
    }
    removeDownload(folder);
    const wanted = where === 'here' ? 'gpu' : null;
    const built = await buildFromWheel(folder, 'gpu', wanted, basename(wheel), cudaFolders(folder), options);
    return where === 'here' ? built : { ...built, devices: [CARDS_ELSEWHERE] };
  });
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
  return installWithKernels(home, 'custom', 5e7, options, async (folder) => {
    const binding = join(folder, bindingName());
    const plan = { ...library, output: binding, runPaths: [library.libraryFolder] };
    const { version, gpu, devices } = await installBinding(plan, [library.libraryFolder], null, options);
    return {
      engine: ENGINE,
      kind: gpu ? 'gpu' : 'cpu',
      version,
      source: resolve(path),
      binding: bindingName(),
      libraryPath: [library.libraryFolder],
      devices: [...devices],
    };
  });
}

/**
 * Installs the library that @tensorflow/tfjs-node would download itself (TensorFlow 2.9.1, for the processor).
 * @throws Problem `engine-missing` when the address does not answer
 */
export async function installPackageEngine(
  home: string,
  options: InstallOptions = {},
): Promise<EngineInstallation> {
  return installWithKernels(home, 'tensorflow-package', CPU_BYTES, options, async (folder) => {
    await findCompiler();
    const source = await downloadLibrary(folder, options);
    const library = findLibrary(folder);
    const binding = join(folder, bindingName());
    await compileBinding(
      { ...library, output: binding, runPaths: [`${currentPlatform().origin}/lib`] },
      options,
    );
    const { version, devices } = await verifyBinding(binding, [], 'cpu', options);
    return {
      engine: ENGINE,
      kind: 'cpu',
      version,
      source,
      binding: bindingName(),
      libraryPath: [],
      devices: [...devices],
    };
  });
}

/** @throws Problem `engine-missing` where one is needed, before anything is downloaded for it */
async function requireCompiler(): Promise<void> {
  if (!hasPrebuilt()) await findCompiler();
}

function installBinding(
  plan: BindingPlan,
  libraryPath: readonly string[],
  wanted: 'cpu' | 'gpu' | null,
  options: InstallOptions,
): Promise<VerifiedEngine> {
  const verify = (): Promise<VerifiedEngine> => verifyBinding(plan.output, libraryPath, wanted, options);
  return prebuiltOrCompiled(bindingName(), plan, options, () => compileBinding(plan, options), verify);
}

type Built = Omit<EngineFile, 'name' | 'installedAt'>;

/** Installs what `build` makes, with Kindling's own kernels beside it. */
function installWithKernels(
  home: string,
  name: string,
  bytes: number,
  options: InstallOptions,
  build: (folder: string) => Promise<Built>,
): Promise<EngineInstallation> {
  return installStaged(home, name, bytes, async (folder) => {
    const built = await build(folder);
    await ensureKernels(absolute(folder, { ...built, name }), options);
    return built;
  });
}

/** @param wanted as of `verifyBinding` */
async function buildFromWheel(
  folder: string,
  kind: 'cpu' | 'gpu',
  wanted: 'cpu' | 'gpu' | null,
  source: string,
  libraryPath: readonly string[],
  options: InstallOptions,
): Promise<Built> {
  const { origin, libraries } = currentPlatform();
  const binding = join(folder, bindingName());
  const plan = {
    output: binding,
    include: join(folder, 'tensorflow', 'include'),
    libraryFolder: join(folder, 'tensorflow'),
    libraries,
    runPaths: ['tensorflow', ...libraryPath].map((path) => `${origin}/${path}`),
  };
  const absolute = libraryPath.map((path) => join(folder, path));
  const { version, devices } = await installBinding(plan, absolute, wanted, options);
  return {
    engine: ENGINE,
    kind,
    version,
    source,
    binding: bindingName(),
    libraryPath: [...libraryPath],
    devices: [...devices],
  };
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
