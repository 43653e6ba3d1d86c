import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../../../src-shared/contract/api/settings.ts';
import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { askSlurm, tellSlurm } from './ask-slurm.ts';
import { secondsOf } from './sbatch-options.ts';
import type { Shell } from './shell.ts';
import { slurmLimits } from './slurm-limits.ts';

/**
 * Looks at what a study on this cluster needs, in the order in which it is needed; stops where the rest cannot be known. Never rejects.
 * @param folder in which spools are made
 */
export async function examineSlurm(shell: Shell, settings: SlurmSettings, folder: string): Promise<Check[]> {
  const checks: Check[] = [];
  try {
    const version = (await askSlurm(shell, ['sbatch', '--version'])).trim();
    checks.push(well('sbatch', `${version} on ${shell.place}`));
    const { arraySize, jobs } = await slurmLimits(shell);
    checks.push(well('Controller', `answers; arrays of at most ${arraySize} jobs, ${jobs} jobs in all`));
    checks.push(...(await checkPartitions(shell, settings)), await checkAccounting(shell));
  } catch (error) {
    const remedy =
      checks.length === 0
        ? 'start Kindling on a login node of the cluster, or name one that ssh reaches: `--host NAME`'
        : 'ask those who keep the cluster';
    const message = (error as Error).message;
    checks.push({ name: checks.length === 0 ? 'sbatch' : 'Controller', state: 'missing', message, remedy });
  }
  return [
    ...checks,
    checkFolder(folder),
    ...(settings.collectAfter ? [well('Collecting', collectingText(shell))] : []),
  ];
}

function collectingText({ place }: Shell): string {
  return `one more job has ${place} collect. Whether the nodes reach it by ssh only a job tells: \`kindling doctor --executor slurm --collect-after --probe\` submits one.`;
}

interface Partition {
  readonly name: string;
  readonly isDefault: boolean;
  readonly isUp: boolean;
  readonly time: string;
  readonly cpus: number;
  readonly gres: string;
}

async function checkPartitions(
  shell: Shell,
  { partition, time, cpus, gres }: SlurmSettings,
): Promise<Check[]> {
  const text = await askSlurm(shell, ['sinfo', '--noheader', '--exact', '--format=%P|%a|%l|%c|%G']);
  const all = text.split('\n').filter(Boolean).map(readPartition);
  const names = [...new Set(all.map(({ name }) => name))].join(', ');
  const asked =
    partition?.split(',') ??
    all
      .filter(({ isDefault }) => isDefault)
      .slice(0, 1)
      .map(({ name }) => name);
  if (asked.length === 0) {
    return [missing('Partition', 'the cluster has no default partition', `name one of ${names}`)];
  }
  return asked.map((name) => {
    const nodes = all.filter((each) => each.name === name);
    const [first] = nodes;
    if (first === undefined) return missing('Partition', `there is no partition ${name}`, `one of ${names}`);
    if (!first.isUp) return missing('Partition', `${name} is not up`, `another of ${names}, or wait`);
    if (time !== null && secondsOf(time) > secondsOf(first.time)) {
      return missing(
        'Partition',
        `${name} allows ${first.time}, not ${time}: jobs would wait for ever`,
        `ask for at most ${first.time}`,
      );
    }
    const most = Math.max(...nodes.map((node) => node.cpus));
    if (cpus > most) {
      return missing(
        'Partition',
        `no node of ${name} has ${cpus} CPUs: they have up to ${most}`,
        `ask for at most ${most} CPUs`,
      );
    }
    const wanted = gres?.split(',').map((each) => each.split(':')[0] ?? '') ?? [];
    const absent = wanted.find((each) => !nodes.some((node) => node.gres.split(/[,:(]/).includes(each)));
    if (absent !== undefined) {
      const has = [...new Set(nodes.map((node) => node.gres))].join(', ');
      return missing(
        'Partition',
        `no node of ${name} has ${absent}: they have ${has}`,
        'ask for resources as the nodes have them',
      );
    }
    return well(
      'Partition',
      `${name}: up, ${first.time === 'infinite' ? 'without a time limit' : `at most ${first.time}`}`,
    );
  });
}

function readPartition(line: string): Partition {
  const [name = '', up = '', time = '', cpus = '', gres = ''] = line.split('|');
  return {
    ...{ name: name.replace(/\*$/, ''), isDefault: name.endsWith('*'), isUp: up === 'up', time, gres },
    // `48+` where they differ
    cpus: Number.parseInt(cpus, 10) || Infinity,
  };
}

async function checkAccounting(shell: Shell): Promise<Check> {
  const { status } = await tellSlurm(shell, ['sacct', '--noheader', '--parsable2', '--format=JobID']);
  if (status === 0) return well('Accounting', 'sacct answers');
  return {
    ...{ name: 'Accounting', state: 'warning', remedy: null },
    message:
      'sacct does not answer, as where accounting is off: how a job ended is known only as long as the controller remembers it (minutes)',
  };
}

/** That nodes see it, too, only a job can tell. */
function checkFolder(folder: string): Check {
  const probe = join(folder, `.probe-${crypto.randomUUID()}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, '');
    rmSync(probe);
    return well(
      'Folder',
      `${folder} can be written. Whether the nodes see it only a job tells: \`kindling doctor --executor slurm --probe\` submits one.`,
    );
  } catch (error) {
    return missing(
      'Folder',
      (error as Error).message,
      'a folder on a disk that the nodes share, which you may write',
    );
  }
}

export function well(name: string, message: string): Check {
  return { name, state: 'ok', message, remedy: null };
}

export function missing(name: string, message: string, remedy: string): Check {
  return { name, state: 'missing', message, remedy };
}
