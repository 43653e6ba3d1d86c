import { computingEnvironment } from '../../../src-main/engine/open-engine.ts';
import type { EngineInstallation } from '../../../src-main/engine/installations/installation.ts';
import { TRAINING } from '../../../src-main/trainer/training-work.ts';
import { doElsewhere } from '../../../src-main/work/do-elsewhere.ts';
import type { RunResult, RunSpecification } from '../../../src-shared/studies/trainer-protocol.ts';

/** One run in a trainer process of its own, with so many threads. */
export async function trainerRun(
  engine: EngineInstallation,
  threads: number,
  specification: RunSpecification,
): Promise<RunResult> {
  const outcome = await doElsewhere(TRAINING, specification, {
    environment: computingEnvironment(engine)(threads),
  });
  if (outcome.state === 'failed') throw new Error(outcome.failure.message);
  return outcome.result;
}
