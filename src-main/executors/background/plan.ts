import { availableParallelism } from 'node:os';
import { type JobPlan, planJobs } from '../../../src-shared/studies/plan-jobs.ts';
import { engineKindNamed } from '../../engine/engines/registry.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import type { JobsWanted } from '../executor.ts';

/** As many workers as there would be trainers. @throws Problem of `selectedEngine` and of the number of jobs */
export function planProcesses(
  { runs, stepMacs, jobs }: JobsWanted,
  { home }: { readonly home: string },
): JobPlan {
  const engine = selectedEngine(home);
  const measured = engineKindNamed(engine.engine).tuning?.trainers(engine) ?? [];
  return planJobs({
    ...{ cores: availableParallelism(), device: engine.kind, runs, stepMacs, measured },
    ...(jobs === null ? {} : { jobs }),
  });
}
