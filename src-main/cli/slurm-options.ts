import type { Command } from 'commander';
import { wordsOf } from '../../src-shared/fields/field.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { mistakesProblem } from '../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { type SlurmSettings, slurmSettingsSchema } from '../../src-shared/studies/slurm-settings.ts';
import { wholeNumber } from './whole-number.ts';

export interface SlurmOptions {
  readonly executor?: string;
  readonly host?: string;
  readonly hostProgram?: string;
  readonly partition?: string;
  readonly time?: string;
  readonly gres?: string;
  readonly cpus?: number;
  readonly maxParallel?: number;
  readonly sbatch?: readonly string[];
  readonly folder?: string;
  readonly collectAfter?: boolean;
}

/** What a person may say of the jobs of a cluster. */
export function addSlurmOptions(command: Command): Command {
  const about = (name: keyof SlurmSettings): string =>
    `slurm: ${wordsOf(name, slurmSettingsSchema.shape[name]).about}`;
  return command
    .option('--host <host>', about('host'))
    .option('--host-program <path>', about('hostProgram'))
    .option('--partition <name>', about('partition'))
    .option('--time <limit>', about('time'))
    .option('--gres <resources>', about('gres'))
    .option('--cpus <n>', about('cpus'), wholeNumber)
    .option('--max-parallel <n>', about('maxParallel'), wholeNumber)
    .option('--sbatch <options...>', `${about('options')}, each as --sbatch=OPTION`)
    .option('--folder <folder>', about('folder'))
    .option('--collect-after', about('collectAfter'));
}

/**
 * @returns undefined where nothing was said, so that what was said before goes on
 * @throws Problem `usage` for what Slurm would not understand, by the name of the option
 */
export function slurmSettings(options: SlurmOptions): SlurmSettings | undefined {
  const { host, hostProgram, partition, time, gres, cpus, maxParallel, sbatch, folder, collectAfter } =
    options;
  const jobs = { partition, time, gres, cpus, maxParallel, options: sbatch, folder, collectAfter };
  const said = Object.entries({ host, hostProgram, ...jobs }).filter(([, value]) => value !== undefined);
  if (said.length === 0) return undefined;
  if (options.executor !== 'slurm') {
    throw new Problem('usage', 'What you say of jobs needs the place where they run: add --executor slurm.');
  }
  if (hostProgram !== undefined && host === undefined)
    throw new Problem('usage', '--host-program needs the host that it is on: add --host HOST.');
  const checked = checkInput(slurmSettingsSchema, Object.fromEntries(said));
  if (checked.ok) return checked.value;
  const named = checked.mistakes.map((mistake) => ({ ...mistake, path: [optionOf(mistake.path[0])] }));
  throw mistakesProblem('usage', named);
}

/** `maxParallel` is `--max-parallel`. */
function optionOf(key: PropertyKey | undefined): string {
  const words = String(key).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${key === 'options' ? 'sbatch' : words}`;
}
