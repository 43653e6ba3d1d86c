import { availableParallelism } from 'node:os';
import { type JobPlan, planJobs } from '../../src-shared/studies/plan-jobs.ts';
import { engineKindNamed } from '../engine/engines/registry.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import type { JobsWanted } from './executor.ts';

/**
 * What plans the trainers of this machine, by what is measured of its engine now. It throws a Problem `usage` for a number of jobs
 * that there cannot be.
 */
export function enginePlanner(engine: EngineInstallation): (request: JobsWanted) => JobPlan {
  const measured = engineKindNamed(engine.engine).tuning?.trainers(engine) ?? [];
  return ({ runs, stepMacs, jobs }) =>
    planJobs({
      ...{ cores: availableParallelism(), device: engine.kind, runs, stepMacs, measured },
      ...(jobs === null ? {} : { jobs }),
    });
}
