import type { RunResult } from '../../src-shared/studies/trainer-protocol.ts';
import type { ActiveRun } from './active-run.ts';
import { classAccuracies } from './evaluate-part.ts';
import { test } from './evaluate-run.ts';

/** Keeps the last weights and measures them on the test part. @throws Diverged, Problem */
export async function finishRun(run: ActiveRun): Promise<RunResult> {
  const { carried, prepared, checkpoints, time, tell, specification } = run;
  const { last } = carried;
  if (last === null) throw new Error('a run has at least one epoch');
  time.turnTo('checkpointSeconds');
  const state = await prepared.training.readState();
  await checkpoints.write('last', state, carried.step);
  await checkpoints.writeOptimizer(state, carried.step);
  time.turnTo('evaluationSeconds');
  tell({ type: 'phase', phase: 'testing' });
  const measured = await test(run);
  time.turnTo('checkpointSeconds');
  await checkpoints.settled();
  const { seconds, parts, preparationSeconds, peakMemoryBytes, timedSteps } = run.snapshot().spent;
  const { stepSeconds, waitingSeconds } = parts;
  const images = timedSteps * specification.recipe.batch;
  return {
    testLoss: measured.loss,
    testAccuracy: measured.accuracy,
    testTop5: measured.top5,
    validationLoss: last.validationLoss,
    validationAccuracy: last.validationAccuracy,
    bestValidationAccuracy: carried.bestValidationAccuracy,
    trainingLoss: last.trainingLoss,
    trainingAccuracy: last.trainingAccuracy,
    confusion: measured.confusion,
    classAccuracy: classAccuracies(measured.confusion),
    seconds,
    // a run of a single step that was recorded has nothing to measure
    imagesPerSecond: stepSeconds > 0 ? images / stepSeconds : 0,
    dataWaitShare: stepSeconds > 0 ? waitingSeconds / (stepSeconds + waitingSeconds) : 0,
    ...parts,
    preparationSeconds,
    peakMemoryBytes,
    artifacts: checkpoints.artifacts,
  };
}
