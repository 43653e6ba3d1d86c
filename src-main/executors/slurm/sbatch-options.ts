import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';
import { logFile, type Submission } from './submission.ts';

/** Seconds before a job's end at which its worker is told to stop. */
const WARNING_SECONDS = 120;

export function sbatchOptions(
  spool: string,
  { name, elements, atOnce }: Pick<Submission, 'name' | 'elements' | 'atOnce'>,
  settings: SlurmSettings,
): string[] {
  const { partition, time, gres, cpus, options } = settings;
  return [
    '--parsable',
    `--job-name=${name}`,
    ...(elements > 1 ? [`--array=0-${elements - 1}${atOnce < elements ? `%${atOnce}` : ''}`] : []),
    `--chdir=${spoolPlaces.fleet(spool)}`,
    `--output=${logFile(spool, name, elements > 1 ? '%a' : 0)}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${warningSeconds(time)}`,
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${cpus}`,
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...(time === null ? [] : [`--time=${time}`]),
    ...(gres === null ? [] : [`--gres=${gres}`]),
    ...options,
  ];
}

/** A quarter of a short job's time, which would else be told to stop as it begins. */
function warningSeconds(time: string | null): number {
  const seconds = time === null ? Infinity : secondsOf(time);
  return Math.max(10, Math.min(WARNING_SECONDS, Math.floor(seconds / 4)));
}

/** As Slurm reads a time: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes[:seconds]. */
export function secondsOf(time: string): number {
  if (!/^[\d:-]+$/.test(time)) return Infinity;
  const [first = '', rest] = time.split('-');
  const parts = (rest ?? first).split(':').map(Number);
  const [a = 0, b = 0, c = 0] = parts;
  if (rest !== undefined) return ((Number(first) * 24 + a) * 60 + b) * 60 + c;
  return parts.length === 3 ? (a * 60 + b) * 60 + c : a * 60 + b;
}
