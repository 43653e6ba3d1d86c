import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { enginesFolder } from '../../home.ts';
import { kernelSourcesDigest } from './kernel-sources.ts';

/** What `engine.json` in an engine's folder says. Paths are relative to that folder unless absolute. */
export const engineFileSchema = z.object({
  name: z.string(),
  kind: z.enum(['cpu', 'gpu']),
  /** Version of TensorFlow, e.g. `2.21.0`. */
  version: z.string(),
  /** Where the library came from, for people: the wheel's file name, a folder, an address. */
  source: z.string(),
  installedAt: z.string(),
  binding: z.string(),
  /** Folders in which the dynamic loader finds the libraries that are opened by name (CUDA's). */
  libraryPath: z.array(z.string()),
  /** The devices seen when the engine was verified, e.g. `CPU:0`, `GPU:0 NVIDIA H100`. */
  devices: z.array(z.string()),
});
export type EngineFile = z.infer<typeof engineFileSchema>;

/** An engine on this machine; all paths are absolute. */
export interface EngineInstallation extends EngineFile {
  readonly folder: string;
  /** Where Kindling's own kernels of this version are, if they were compiled. */
  readonly kernels: string;
  /** True for the one that runs use. */
  readonly selected: boolean;
}

const INSTALL_HINT = 'Run `kindling engine install cpu` (or `gpu` with an NVIDIA card).';

/**
 * All engines that were installed completely, by name. Folders without a readable `engine.json` are
 * no engines: an installation writes it last and moves the whole folder into place.
 */
export function listEngines(home: string): EngineInstallation[] {
  const folder = enginesFolder(home);
  if (!existsSync(folder)) return [];
  const chosen = selectedName(home);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => readEngine(join(folder, entry.name), chosen))
    .filter((engine) => engine !== null)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The engine that runs use: the one named by KINDLING_ENGINE, else the one chosen last by
 * `engine install` or `engine use`.
 * @throws Problem `engine-missing` when none is chosen or the chosen one is not installed.
 */
export function selectedEngine(home: string): EngineInstallation {
  const name = selectedName(home);
  if (name === null)
    throw new Problem('engine-missing', `No engine is installed in ${enginesFolder(home)}. ${INSTALL_HINT}`);
  const engine = readEngine(join(enginesFolder(home), name), name);
  if (engine !== null && existsSync(engine.binding)) return engine;
  const by = process.env['KINDLING_ENGINE'] ? 'KINDLING_ENGINE names' : 'The selected engine is';
  const installed = listEngines(home).map((each) => each.name);
  const have = installed.length > 0 ? ` Installed: ${installed.join(', ')}.` : '';
  throw new Problem(
    'engine-missing',
    `${by} \`${name}\`, which is not in ${enginesFolder(home)}.${have} ${INSTALL_HINT}`,
  );
}

/** Makes `name` the engine of all later runs. The caller has seen that it is installed. */
export function selectEngine(home: string, name: string): void {
  writeWhole(join(enginesFolder(home), 'selected'), `${name}\n`, { flushed: true });
}

/** What a process that loads the engine needs in its environment, added to that of this process. */
export function engineEnvironment(engine: Pick<EngineFile, 'libraryPath'>): Record<string, string> {
  if (engine.libraryPath.length === 0) return {};
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const before = process.env[variable];
  return { [variable]: [...engine.libraryPath, ...(before ? [before] : [])].join(delimiter) };
}

function selectedName(home: string): string | null {
  const wanted = process.env['KINDLING_ENGINE'];
  if (wanted) return wanted;
  try {
    return readFileSync(join(enginesFolder(home), 'selected'), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** One engine's folder, or null when it is none. */
export function readEngine(folder: string, chosen: string | null): EngineInstallation | null {
  let file: EngineFile;
  try {
    file = engineFileSchema.parse(JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')));
  } catch {
    return null;
  }
  const absolute = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  return {
    ...file,
    folder,
    binding: absolute(file.binding),
    libraryPath: file.libraryPath.map(absolute),
    kernels: join(folder, `kernels-${kernelSourcesDigest()}.node`),
    selected: file.name === chosen,
  };
}
