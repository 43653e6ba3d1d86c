import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { examineMachine } from '../../doctor/examine-machine.ts';
import { kindlingHome } from '../../home.ts';
import { type SlurmOptions, slurmSettings } from '../slurm-options.ts';
import { printJson, printLine } from '../output.ts';

const SIGNS: Record<Check['state'], string> = { ok: 'ok', missing: 'MISSING', warning: '-' };

export interface DoctorOptions extends SlurmOptions {
  readonly executor?: 'slurm';
  readonly probe?: boolean;
  readonly json?: boolean;
}

/** Looks at everything that Kindling needs and prints what it finds; status 1 if something is missing. */
export async function examine(options: DoctorOptions, storeFile: string): Promise<void> {
  const checks = await checksOf(options, storeFile);
  if (options.json) printJson(checks);
  else {
    const width = Math.max(...checks.map(({ name }) => name.length));
    for (const { name, state, message, remedy } of checks) {
      printLine(`${SIGNS[state].padEnd(8)} ${name.padEnd(width)}  ${message}`);
      if (remedy !== null) printLine(`${' '.repeat(width + 9)}  -> ${remedy}`);
    }
  }
  if (checks.some(({ state }) => state === 'missing')) process.exitCode = 1;
}

async function checksOf(options: DoctorOptions, storeFile: string): Promise<readonly Check[]> {
  const home = kindlingHome();
  const settings = slurmSettings(options);
  if (options.executor === undefined) {
    if (!options.probe) return examineMachine(home, storeFile);
    throw new Problem('usage', '--probe needs the place where its job runs: add --executor slurm.');
  }
  const { slurm } = await import('../../executors/slurm/index.ts');
  return (await slurm.examine?.(home, settings ?? {}, options.probe)) ?? [];
}
