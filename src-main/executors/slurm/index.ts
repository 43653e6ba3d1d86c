import {
  MOST_JOBS,
  type SlurmSettings,
  slurmSettingsSchema,
} from '../../../src-shared/studies/slurm-settings.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { counted } from '../../../src-shared/counted.ts';
import type { JobPlan } from '../../../src-shared/studies/plan-jobs.ts';
import type { JobsWanted } from '../executor.ts';
import { spoolExecutor } from '../spool/spool-executor.ts';
import { defineFleet } from '../spool/worker-fleet.ts';

export const slurm = spoolExecutor(
  defineFleet<SlurmSettings>({
    name: 'slurm',
    title: 'Slurm',
    about: 'jobs of a Slurm cluster, whose nodes share a folder with this machine or the host',
    settings: slurmSettingsSchema,
    elsewhere: ({ host, hostProgram: program, ...settings }) =>
      host === null
        ? null
        : { at: { host, program }, settings: { ...settings, host: null, hostProgram: null } },
    spoolsFolder: ({ folder }) => folder,
    plan: (request, { settings }) => planSlurmJobs(request, settings),
    examine: async (home, settings, isProbed) =>
      (await import('./examine-cluster.ts')).examineCluster(home, settings, isProbed),
    open: async (site) => (await import('./open.ts')).openSlurm(site),
  }),
);

/** So many jobs at a time as a person says, or as suit a cluster that is shared; each has its CPUs whatever the network. @throws Problem `usage` for a number that there cannot be */
function planSlurmJobs({ runs, jobs: asked }: JobsWanted, { maxParallel, cpus }: SlurmSettings): JobPlan {
  const wanted = maxParallel ?? asked;
  if (wanted !== null && (!Number.isInteger(wanted) || wanted < 1)) {
    throw new Problem('usage', `jobs: ${wanted} is not accepted; it must be a whole number of at least 1.`);
  }
  const jobs = Math.max(1, Math.min(wanted ?? MOST_JOBS, runs));
  const why =
    jobs < (wanted ?? MOST_JOBS)
      ? 'the study has no more runs'
      : wanted === null
        ? 'unless --max-parallel says otherwise'
        : 'as requested';
  return {
    jobs,
    threads: cpus,
    reason: `${counted(jobs, 'job')} of ${counted(cpus, 'CPU')} at the same time: ${why}`,
  };
}
