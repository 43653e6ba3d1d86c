import { isKeptEpoch, recordingsOf } from '../../src-shared/studies/recordings.ts';
import type { CheckpointKind } from '../checkpoints/checkpoints.ts';
import type { ActiveRun } from './active-run.ts';
import { epochMeans, NO_IMAGES } from './epoch-sums.ts';
import { validate } from './evaluate-run.ts';

/** Validates, tells of the epoch and writes the checkpoints that are kept of it. */
export async function endEpoch(run: ActiveRun): Promise<void> {
  const { carried, resume, log, time, tell, prepared, checkpoints } = run;
  // that the steps are over is known while the validation lasts
  log.flush();
  time.turnTo('evaluationSeconds');
  const validation = await validate(run);
  time.turnTo('otherSeconds');
  const accuracy = validation?.accuracy ?? null;
  const point = {
    epoch: carried.step / run.stepsPerEpoch,
    step: carried.step,
    seconds: run.snapshot().spent.seconds,
    ...epochMeans(carried.epoch),
    validationLoss: validation?.loss ?? null,
    validationAccuracy: accuracy,
    validationTop5: validation?.top5 ?? null,
  };
  tell({ type: 'epoch', point });
  carried.last = point;
  carried.epoch = NO_IMAGES;
  const isBest = accuracy !== null && accuracy > (carried.bestValidationAccuracy ?? -1);
  if (isBest) carried.bestValidationAccuracy = accuracy;
  const kept = keptKinds(run, isBest, point.epoch);
  const isDue = resume.isDue(run.carried.step, true);
  if (kept.length === 0 && !isDue) return;
  time.turnTo('checkpointSeconds');
  const state = await prepared.training.readState();
  for (const kind of kept) await checkpoints.write(kind, state, carried.step);
  if (isDue) await resume.write(state);
  time.turnTo('otherSeconds');
}

function keptKinds({ specification }: ActiveRun, isBest: boolean, epoch: number): CheckpointKind[] {
  const isKept = isKeptEpoch(recordingsOf(specification), epoch, specification.recipe.epochs);
  return [...(isBest ? ['best' as const] : []), ...(isKept ? [`epoch-${epoch}` as const] : [])];
}
