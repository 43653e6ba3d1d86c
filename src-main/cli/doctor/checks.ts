import { existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { findCompiler } from '../../engine/provisioning/compile-binding.ts';
import { selectedEngine } from '../../engine/provisioning/installation.ts';
import { runCommand } from '../../engine/provisioning/run-command.ts';
import { verifyBinding } from '../../engine/provisioning/verify.ts';
import { dataFolder, kindlingHome, storeFile } from '../../home.ts';
import { bytes } from '../output.ts';
import type { Finding } from './examine.ts';

type Check = () => Promise<Finding>;

/** Below this a study's artifacts and an engine's installation soon fail. */
const LITTLE_SPACE = 5e9;

/** All checks; each resolves whatever it finds. */
export function checks(store: string | undefined): readonly Check[] {
  const file = store === undefined ? storeFile() : resolve(store);
  return [node, npm, compiler, python, engine, devices, disk, dataCache, () => storeCheck(file)];
}

function ok(name: string, detail: string): Finding {
  return { name, state: 'ok', detail, fix: null };
}

function node(): Promise<Finding> {
  return Promise.resolve(ok('Node', `${process.versions.node} (${process.execPath})`));
}

async function npm(): Promise<Finding> {
  const version = await firstLine('npm', ['--version']);
  return version === null
    ? { name: 'npm', state: 'absent', detail: 'not found', fix: 'apt-get install npm' }
    : ok('npm', version);
}

/** Compiler and Python serve the installation of an engine only. */
async function compiler(): Promise<Finding> {
  try {
    const name = await findCompiler();
    return ok('C++ compiler', (await firstLine(name, ['--version'])) ?? name);
  } catch (error) {
    return {
      name: 'C++ compiler',
      state: installerState(),
      detail: 'not found',
      fix: (error as Error).message,
    };
  }
}

async function python(): Promise<Finding> {
  const version = await firstLine('python3', ['--version']);
  const pip = version === null ? null : await firstLine('python3', ['-m', 'pip', '--version']);
  if (version !== null && pip !== null) return ok('Python', `${version}, ${pip.replace(/ from .*/, '')}`);
  const detail = version === null ? 'not found' : `${version} without pip`;
  return { name: 'Python', state: installerState(), detail, fix: 'apt-get install python3 python3-pip' };
}

async function engine(): Promise<Finding> {
  try {
    const { name, version, binding, libraryPath, kind } = selectedEngine(kindlingHome());
    const started = performance.now();
    await verifyBinding(binding, libraryPath, kind, {});
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return ok('Engine', `${name}, TensorFlow ${version}: a convolution on its device in ${seconds} s`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name: 'Engine', state: 'missing', detail, fix: 'kindling engine install cpu' };
  }
}

async function devices(): Promise<Finding> {
  const cards = await firstLine('nvidia-smi', ['--query-gpu=name,memory.total', '--format=csv,noheader']);
  const processor = `${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}, ${bytes(totalmem())} of memory`;
  return ok('Devices', cards === null ? `${processor}; no NVIDIA card` : `${processor}; ${cards}`);
}

function disk(): Promise<Finding> {
  const folder = nearestFolder(kindlingHome());
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const detail = `${bytes(free)} free for ${kindlingHome()}`;
  const fix = 'free some space, or set KINDLING_HOME to a folder on a larger disk';
  return Promise.resolve(
    free > LITTLE_SPACE ? ok('Disk', detail) : { name: 'Disk', state: 'absent', detail, fix },
  );
}

function dataCache(): Promise<Finding> {
  const folder = dataFolder();
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
  return Promise.resolve(
    names.length > 0
      ? ok('Data', `${names.join(', ')} in ${folder}`)
      : {
          name: 'Data',
          state: 'absent',
          detail: `none in ${folder} yet (shapes is built in)`,
          fix: 'kindling dataset list',
        },
  );
}

async function storeCheck(file: string): Promise<Finding> {
  if (!existsSync(file)) {
    return { name: 'Store', state: 'absent', detail: `none at ${file} yet`, fix: 'kindling study run FILE' };
  }
  try {
    const { openStore } = await import('../../store/open-store.ts');
    const store = openStore(file, { purpose: 'read' });
    const studies = store.studies().length;
    store.close();
    return ok('Store', `${file}, ${bytes(statSync(file).size)}, ${studies} studies`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name: 'Store', state: 'missing', detail, fix: 'give another file with --store' };
  }
}

/** Without an engine, what installs it is missing; with one it is merely absent. */
function installerState(): 'missing' | 'absent' {
  try {
    selectedEngine(kindlingHome());
    return 'absent';
  } catch {
    return 'missing';
  }
}

async function firstLine(program: string, parameters: readonly string[]): Promise<string | null> {
  try {
    const { status, stdout } = await runCommand(program, parameters, { timeout: 20_000 });
    return status === 0 ? (stdout.split('\n')[0]?.trim() ?? '') : null;
  } catch {
    return null;
  }
}

function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}
