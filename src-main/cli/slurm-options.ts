import type { Command } from 'commander';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { mistakesProblem } from '../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import {
  MOST_JOBS,
  type SlurmSettings,
  slurmSettingsSchema,
} from '../../src-shared/studies/slurm-settings.ts';
import { wholeNumber } from './whole-number.ts';

export interface SlurmOptions {
  readonly executor?: string;
  readonly partition?: string;
  readonly time?: string;
  readonly gres?: string;
  readonly cpus?: number;
  readonly maxParallel?: number;
  readonly sbatch?: readonly string[];
  readonly folder?: string;
}

/** What a person may say of the jobs of a cluster. */
export function addSlurmOptions(command: Command): Command {
  return command
    .option('--partition <name>', 'slurm: partition of the jobs (default: that of the cluster)')
    .option(
      '--time <limit>',
      'slurm: longest time of a job, after which its runs go on in the next: 30, 2:00:00, 1-12',
    )
    .option('--gres <resources>', 'slurm: resources of a job: gpu:1')
    .option('--cpus <n>', 'slurm: CPUs of a job, and threads of its trainer (default: 1)', wholeNumber)
    .option('--max-parallel <n>', `slurm: jobs at the same time (default: ${MOST_JOBS})`, wholeNumber)
    .option(
      '--sbatch <options...>',
      'slurm: further options of sbatch: --sbatch=--account=lab --sbatch=--mem=8G',
    )
    .option(
      '--folder <folder>',
      'slurm: shared folder in which runs are handed over (default: spools in the home)',
    );
}

/**
 * @returns undefined where nothing was said, so that what was said before goes on
 * @throws Problem `usage` for what Slurm would not understand, by the name of the option
 */
export function slurmSettings(options: SlurmOptions): SlurmSettings | undefined {
  const { partition, time, gres, cpus, maxParallel, sbatch, folder } = options;
  const said = Object.entries({ partition, time, gres, cpus, maxParallel, options: sbatch, folder }).filter(
    ([, value]) => value !== undefined,
  );
  if (said.length === 0) return undefined;
  if (options.executor !== 'slurm') {
    throw new Problem('usage', 'What you say of jobs needs the place where they run: add --executor slurm.');
  }
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
