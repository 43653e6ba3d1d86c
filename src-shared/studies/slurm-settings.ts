import { z } from 'zod';
import { field } from '../fields/field.ts';

/** `30`, `30:00`, `2:00:00`, `1-12`, `1-12:30`, `1-12:30:00`: minutes, or hours and days as Slurm writes them. */
const TIME = /^(\d+(:\d{1,2}(:\d{1,2})?)?|\d+-\d{1,2}(:\d{1,2}(:\d{1,2})?)?|UNLIMITED)$/i;
/** Names and lists of names; nothing that a shell or sbatch would read as more. */
const NAMES = /^[\w.,:=/@+-]+$/;
/** What Kindling says itself: another value would break what follows from it. */
const OWN =
  /^--(array|wrap|output|error|requeue|no-requeue|signal|open-mode|job-name|parsable|chdir|partition|time|gres|cpus-per-task|ntasks|nodes|dependency|hold|wait|test-only|clusters?)(=|$)/;

/** Jobs at the same time where nobody says how many. */
export const MOST_JOBS = 16;

/** A text that may be left out, and what it must be. */
function text(longest: number, pattern: RegExp, accepts: string): z.ZodType<string | null> {
  return z.string().max(longest).regex(pattern, `it must be ${accepts}`).nullable().default(null);
}

/** As ssh takes it, and never an option. */
const HOST = /^[\w.@:%+[\]/][\w.@:%+[\]/-]*$/;
const PROGRAM = /^[^\s-][^\n\r\0]*$/;

const HOSTS = 'a host as ssh takes it: login, me@login.example.org';
const PROGRAMS = 'a path, or a name that a shell finds';
const PARTITIONS = 'the name of a partition, or several with commas between them';
const TIMES = 'a time as Slurm writes it: 30 (minutes), 2:00:00, 1-12 (days and hours)';
const RESOURCES = 'resources as Slurm writes them: gpu:1';
const OPTION = 'an option of sbatch: --account=lab';

const fields = z.strictObject({
  host: field(text(200, HOST, HOSTS), {
    title: 'host',
    about:
      'machine that submits jobs and has Kindling, an engine and the data, reached by ssh without a password: login, me@login.example.org; default: this machine',
    accepts: HOSTS,
  }),
  hostProgram: field(text(1000, PROGRAM, PROGRAMS), {
    title: 'Kindling on the host',
    about: 'path of kindling on the host: ~/kindling/bin/kindling.mjs; default: what a shell there finds',
    accepts: PROGRAMS,
  }),
  partition: field(text(200, NAMES, PARTITIONS), {
    title: 'partition',
    about: 'partition of the jobs, or several with commas between them; default: that of the cluster',
    accepts: PARTITIONS,
  }),
  time: field(text(20, TIME, TIMES), {
    title: 'time limit',
    about:
      'longest time of a job, after which its runs go on in the next: 30, 2:00:00, 1-12; default: that of the partition',
    accepts: TIMES,
  }),
  gres: field(text(200, NAMES, RESOURCES), {
    title: 'resources',
    about: 'resources of a job: gpu:1',
    accepts: RESOURCES,
  }),
  cpus: field(z.int().min(1).max(1024).default(1), {
    title: 'CPUs',
    about: 'CPUs of a job, and threads of its trainer, on which the bits of a run depend; default: 1',
  }),
  maxParallel: field(z.int().min(1).max(10_000).nullable().default(null), {
    title: 'jobs at the same time',
    about: `jobs at the same time; default: as many as there are runs, up to ${MOST_JOBS}`,
    accepts: 'a whole number from 1 to 10000',
  }),
  options: field(
    z
      .array(
        z
          .string()
          .max(200)
          .regex(/^--[a-z][\w-]*(=\S+)?$/, `it must be ${OPTION}`)
          .refine((option) => !OWN.test(option), 'it must be an option that Kindling does not set itself'),
      )
      .max(50)
      .default([]),
    {
      title: 'further options',
      about: 'further options of sbatch: --account=lab --mem=8G',
      accepts: 'options of sbatch: --account=lab --mem=8G',
    },
  ),
  folder: field(z.string().min(1).max(1000).nullable().default(null), {
    title: 'shared folder',
    about: 'folder on a disk that the nodes see, in which runs are handed over; default: spools in the home',
    accepts: 'the path of a folder',
  }),
  collectAfter: field(z.boolean().default(false), {
    title: 'collected by a job',
    about:
      'one more job, after all others, has this machine take what they have finished, also when Kindling is not open; a node must reach it by ssh without a password',
  }),
});

/** How the jobs of a study are submitted to Slurm. What is null, or left out, is as the cluster does it by itself. */
export const slurmSettingsSchema = fields.refine(({ host, collectAfter }) => host === null || !collectAfter, {
  path: ['collectAfter'],
  error:
    'no job of a cluster that is reached by ssh can reach the store on this machine: leave it out, and collect from here',
});

export type SlurmSettings = z.infer<typeof slurmSettingsSchema>;
