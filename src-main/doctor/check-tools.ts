import type { Check } from '../../src-shared/contract/api/settings.ts';
import { findCompiler } from '../engine/provisioning/compile-binding.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { runCommand } from '../work/run-command.ts';
import { allWell } from './all-well.ts';

export function checkNode(): Check {
  return allWell('Node', `${process.versions.node} (${process.execPath})`);
}

export async function checkNpm(): Promise<Check> {
  const version = await firstLine('npm', ['--version']);
  return version === null
    ? { name: 'npm', state: 'warning', message: 'not found', remedy: 'apt-get install npm' }
    : allWell('npm', version);
}

/** Compiler and Python serve the installation of an engine only. */
export async function checkCompiler(home: string): Promise<Check> {
  try {
    const name = await findCompiler();
    return allWell('C++ compiler', (await firstLine(name, ['--version'])) ?? name);
  } catch (error) {
    const remedy = (error as Error).message;
    return { name: 'C++ compiler', state: installerState(home), message: 'not found', remedy };
  }
}

export async function checkPython(home: string): Promise<Check> {
  const version = await firstLine('python3', ['--version']);
  const pip = version === null ? null : await firstLine('python3', ['-m', 'pip', '--version']);
  if (version !== null && pip !== null)
    return allWell('Python', `${version}, ${pip.replace(/ from .*/, '')}`);
  const message = version === null ? 'not found' : `${version} without pip`;
  return {
    ...{ name: 'Python', state: installerState(home), message },
    remedy: 'apt-get install python3 python3-pip',
  };
}

/** Without an engine, runs need what installs it; with one they do not. */
function installerState(home: string): 'missing' | 'warning' {
  try {
    selectedEngine(home);
    return 'warning';
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
