import { availableParallelism } from 'node:os';
import { type JobPlan, planJobs } from '../../src-shared/studies/plan-jobs.ts';
import { engineKind } from '../engine/engines/registry.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import type { JobsWanted } from './executor.ts';

/**
 * What plans the trainers of this machine, by what is measured of its engine now. It throws a Problem `usage` for a number of jobs
 * that there cannot be.
 *
 * @param engine null where there is none yet: they would compute on the CPU
 * @param cards that trainers can be given; 0 where they are unknown
 */
export function enginePlanner(
  engine: EngineInstallation | null,
  cards: number,
): (request: JobsWanted) => JobPlan {
  const measured = (engine && engineKind(engine.engine)?.tuning?.trainers(engine)) ?? [];
  return ({ runs, stepMacs, jobs }) =>
    planJobs({
      ...{ cores: availableParallelism(), device: engine?.kind ?? 'cpu', cards, runs, stepMacs, measured },
      ...(jobs === null ? {} : { jobs }),
    });
}
