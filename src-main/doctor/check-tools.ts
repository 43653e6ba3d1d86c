import type { Check } from '../../src-shared/contract/api/settings.ts';
import type { Requirement } from '../engine/engine-kind.ts';
import { ENGINE_KINDS } from '../engine/engines/registry.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { firstLine } from '../work/first-line.ts';
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

/** What the installation of an engine calls, and nothing else does. */
export function checkInstallers(home: string): Promise<Check[]> {
  const state = hasEngine(home) ? 'warning' : 'missing';
  const requirements = ENGINE_KINDS.flatMap((kind) => kind.requirements);
  return Promise.all(requirements.map((requirement) => checkInstaller(requirement, state)));
}

async function checkInstaller({ name, find }: Requirement, state: 'missing' | 'warning'): Promise<Check> {
  try {
    return allWell(name, await find());
  } catch (error) {
    return { name, state, message: 'not found', remedy: (error as Error).message };
  }
}

/** Without an engine, runs need what installs it; with one they do not. */
function hasEngine(home: string): boolean {
  try {
    selectedEngine(home);
    return true;
  } catch {
    return false;
  }
}
