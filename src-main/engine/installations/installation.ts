import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { TensorFloat32 } from '../../../src-shared/machine/tensor-float-32.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { enginesFolder } from '../../home.ts';
import { readTensorFloat32 } from '../tensor-float-32.ts';
import { firstSource, installHint } from './install-advice.ts';

/** What `engine.json` in an engine's folder says. Paths are relative to that folder unless absolute. */
const engineFileSchema = z.object({
  name: z.string(),
  /** The kind of engine. */
  engine: z.string().default('tensorflow'),
  /** What it computes on. */
  kind: z.enum(['cpu', 'gpu']),
  /** Of the kind's program, e.g. `2.21.0` of TensorFlow. */
  version: z.string(),
  /** Where the library came from, for people: the wheel's file name, a folder, an address. */
  source: z.string(),
  installedAt: z.string(),
  /** The native library that Node loads; null where the engine has none. */
  binding: z.string().nullable(),
  /** Folders in which the dynamic loader finds the libraries that are opened by name (CUDA's). */
  libraryPath: z.array(z.string()),
  /** The devices seen when the engine was verified, e.g. `CPU:0`, `GPU:0 NVIDIA H100`. */
  devices: z.array(z.string()),
});
export type EngineFile = z.infer<typeof engineFileSchema>;

/** An engine on this machine; `binding` and `libraryPath` are absolute. */
export interface EngineInstallation extends EngineFile {
  readonly folder: string;
  /** True for the one that runs use. */
  readonly selected: boolean;
  /** How it rounds products on an NVIDIA GPU, by the home that it was found in; absent: as its library does. */
  readonly tensorFloat32?: TensorFloat32;
}

/**
 * All engines that were installed completely, by name. Folders without a readable `engine.json` are
 * no engines: an installation writes it last and moves the whole folder into place.
 */
export function listEngines(home: string): EngineInstallation[] {
  const folder = enginesFolder(home);
  if (!existsSync(folder)) return [];
  const chosen = selectedName(home);
  const tensorFloat32 = readTensorFloat32(home);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => readEngine(join(folder, entry.name), chosen))
    .filter((engine) => engine !== null)
    .map((engine) => ({ ...engine, tensorFloat32 }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The engine that runs use: the one named by KINDLING_ENGINE, else the one chosen last by
 * `engine install` or `engine use`.
 * @throws Problem `engine-missing` when none is chosen or the chosen one is not installed.
 */
export function selectedEngine(home: string): EngineInstallation {
  const name = selectedName(home);
  if (name === null) {
    const fact = 'No engine is installed, so nothing can be trained.';
    throw missingEngine(`No engine is installed in ${enginesFolder(home)}.`, fact);
  }
  const engine = readEngine(join(enginesFolder(home), name), name);
  if (engine !== null && (engine.binding === null || existsSync(engine.binding)))
    return { ...engine, tensorFloat32: readTensorFloat32(home) };
  const by = process.env['KINDLING_ENGINE'] ? 'KINDLING_ENGINE names' : 'The selected engine is';
  const installed = listEngines(home).map((each) => each.name);
  const have = installed.length > 0 ? ` Installed: ${installed.join(', ')}.` : '';
  throw missingEngine(`${by} \`${name}\`, which is not in ${enginesFolder(home)}.${have}`);
}

/** @param fact as a page says it, which has a button for the rest */
function missingEngine(what: string, fact = what): Problem {
  return new Problem('engine-missing', `${what} ${installHint()}`, {
    fact,
    offer: { action: 'install-engine', subject: firstSource() },
  });
}

/** The native library of an engine that has one. @throws Problem `engine-invalid`: its engine.json names none */
export function bindingOf({
  name,
  binding,
  folder,
}: Pick<EngineInstallation, 'name' | 'binding' | 'folder'>): string {
  if (binding !== null) return binding;
  throw new Problem(
    'engine-invalid',
    `${join(folder, 'engine.json')}: binding is missing; install ${name} again.`,
  );
}

/** Makes `name` the engine of all later runs. The caller has seen that it is installed. */
export function selectEngine(home: string, name: string): void {
  writeWhole(join(enginesFolder(home), 'selected'), `${name}\n`, { flushed: true });
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
  return { ...absolute(folder, file), selected: file.name === chosen };
}

/** What an engine's file says, with the paths made absolute. */
export function absolute<File extends Pick<EngineFile, 'binding' | 'libraryPath'>>(
  folder: string,
  file: File,
): File & { readonly folder: string } {
  const whole = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  return {
    ...file,
    folder,
    binding: file.binding === null ? null : whole(file.binding),
    libraryPath: file.libraryPath.map(whole),
  };
}
