import { z } from 'zod';

/** `30`, `30:00`, `2:00:00`, `1-12`, `1-12:30`, `1-12:30:00`: minutes, or hours and days as Slurm writes them. */
const TIME = /^(\d+(:\d{1,2}(:\d{1,2})?)?|\d+-\d{1,2}(:\d{1,2}(:\d{1,2})?)?|UNLIMITED)$/i;
/** Names and lists of names; nothing that a shell or sbatch would read as more. */
const NAMES = /^[\w.,:=/@+-]+$/;
/** What Kindling says itself: another value would break what follows from it. */
const OWN =
  /^--(array|wrap|output|error|requeue|no-requeue|signal|open-mode|job-name|parsable|chdir|partition|time|gres|cpus-per-task|ntasks|nodes|dependency|hold|wait|test-only|clusters?)(=|$)/;

/** How the jobs of a study are submitted to Slurm. What is null, or left out, is as the cluster does it by itself. */
export const slurmSettingsSchema = z.strictObject({
  /** One, or several with commas between them. */
  partition: z
    .string()
    .max(200)
    .regex(NAMES, 'it must be the name of a partition, or several with commas between them')
    .nullable()
    .default(null),
  /** Longest time of a job, after which its runs go on in the next one. */
  time: z
    .string()
    .max(20)
    .regex(TIME, 'it must be a time as Slurm writes it: 30 (minutes), 2:00:00, 1-12 (days and hours)')
    .nullable()
    .default(null),
  /** Of each job: `gpu:1`. */
  gres: z
    .string()
    .max(200)
    .regex(NAMES, 'it must be resources as Slurm writes them: gpu:1')
    .nullable()
    .default(null),
  /** Of each job; its trainer has as many threads. */
  cpus: z.int().min(1).max(1024).default(1),
  /** Jobs at the same time; null: as many as the study has runs, up to `MOST_JOBS`. */
  maxParallel: z.int().min(1).max(10_000).nullable().default(null),
  /** Further options of sbatch: `--account=lab`, `--mem=8G`. */
  options: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^--[a-z][\w-]*(=\S+)?$/, 'it must be an option of sbatch: --account=lab')
        .refine((option) => !OWN.test(option), 'it must be an option that Kindling does not set itself'),
    )
    .max(50)
    .default([]),
  /** Folder in which spools are made, on a disk that the nodes see; null for one of the home. */
  folder: z.string().min(1).max(1000).nullable().default(null),
});

export type SlurmSettings = z.infer<typeof slurmSettingsSchema>;

/** Jobs at the same time where nobody says how many. */
export const MOST_JOBS = 16;
