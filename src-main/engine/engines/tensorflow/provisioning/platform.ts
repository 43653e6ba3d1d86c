import { installing, mendedByInstalling } from '../../../installations/install-advice.ts';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';

/** How TensorFlow's libraries and wheels are named here. */
export interface Platform {
  /** pip's platform tags, newest first. */
  readonly tags: readonly string[];
  /** The wheel that carries the library for the CPU. */
  readonly cpuPackage: string;
  readonly libraries: readonly [library: string, framework: string];
  /** Linker flags in front of the libraries. */
  readonly linkerFlags: readonly string[];
  /** `$ORIGIN` in the dynamic loader's own word. */
  readonly origin: string;
}

const GLIBC_MINORS = [40, 39, 38, 36, 35, 34, 31, 28, 27, 24, 17, 12, 5];
const LEGACY_TAGS: Record<number, string> = { 17: 'manylinux2014', 12: 'manylinux2010', 5: 'manylinux1' };

/**
 * The platform this process runs on.
 * Supported: Linux with glibc on x64 and arm64, macOS on arm64. On Windows it needs WSL 2.
 * @throws Problem `engine-missing` where TensorFlow publishes no library for it.
 */
export function currentPlatform(): Platform {
  const { platform, arch } = process;
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) return linux(arch);
  if (platform === 'darwin' && arch === 'arm64') {
    return {
      tags: ['macosx_14_0_arm64', 'macosx_12_0_arm64', 'macosx_11_0_arm64'],
      cpuPackage: 'tensorflow',
      libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
      linkerFlags: ['-undefined', 'dynamic_lookup'],
      origin: '@loader_path',
    };
  }
  const what = `There is no TensorFlow library for ${platform} on ${arch}: it is published for Linux (x64, arm64) and macOS (arm64).`;
  if (platform !== 'win32') throw new Problem('engine-missing', what);
  const instead = 'On Windows, run Kindling inside WSL 2, or train with WebGPU';
  throw mendedByInstalling('engine-missing', `${what} ${instead}`, installing('webgpu'));
}

function linux(arch: 'x64' | 'arm64'): Platform {
  const machine = arch === 'x64' ? 'x86_64' : 'aarch64';
  return {
    tags: manylinuxTags(machine, glibcMinor()),
    // The CPU-only package exists for x86-64; on arm64 the plain one is CPU-only.
    cpuPackage: arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow',
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
    linkerFlags: [],
    origin: '$ORIGIN',
  };
}

/** The wheel tags that a machine with glibc 2.`minor` can load (PEP 600), newest first. */
export function manylinuxTags(machine: string, minor: number): string[] {
  return GLIBC_MINORS.filter((each) => each <= minor).flatMap((each) => {
    const legacy = LEGACY_TAGS[each];
    return [`manylinux_2_${each}_${machine}`, ...(legacy ? [`${legacy}_${machine}`] : [])];
  });
}

function glibcMinor(): number {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const version = report.header?.glibcVersionRuntime;
  if (version === undefined) {
    throw new Problem(
      'engine-missing',
      'TensorFlow needs glibc, which this Linux does not use (Alpine and other musl systems): run Kindling in a Debian, Ubuntu or Fedora container.',
    );
  }
  return Number(version.split('.')[1]);
}
