import type {
  RunResult,
  RunSpecification,
  TrainingProgress,
} from '../../src-shared/studies/trainer-protocol.ts';
import { timeMetrics, type TimeMetric } from '../../src-shared/metrics/metrics.ts';
import { removeResumeCheckpoints } from '../checkpoints/resume-checkpoints.ts';
import type { Batch } from '../datasets/batch-source.ts';
import { kindlingVersion } from '../kindling-version.ts';
import type { Pause } from '../work/answer-work.ts';
import { type ActiveRun, tellStarted } from './active-run.ts';
import { isEpochToEnd, spentInAll, type Carried } from './carried.ts';
import { endEpoch } from './end-epoch.ts';
import { finishRun } from './finish-run.ts';
import type { FusedMember } from './fused-group.ts';
import { HistogramRecorder } from './histogram-recorder.ts';
import { openBatches } from './open-batches.ts';
import { openCheckpoints, prepareRun, type PreparedRun } from './prepare-run.ts';
import { contentOf, type ResumeFacts } from './resume-facts.ts';
import { ResumeWriter } from './resume-writer.ts';
import { findStart } from './run-start.ts';
import type { RunStart } from './start-point.ts';
import { StepLog } from './step-log.ts';
import { StepsACall } from '../engine/steps-a-call.ts';
import { Stopwatch } from './stopwatch.ts';
import { trainSteps } from './train-steps.ts';
import type { TrainingCache } from './training-cache.ts';
import { UsageLog } from './usage-log.ts';

export interface RunContext {
  readonly cache: TrainingCache;
  /** Null where it is trained alone. */
  readonly member?: FusedMember | null;
  readonly tell: (progress: TrainingProgress) => void;
  /** Throws where the run is to stop, and for no other reason. */
  readonly pause: Pause;
}

/**
 * Trains one network with one seed and measures it: validation after each epoch, the test part once at the end. Where it is told to, it
 * goes on from a resume checkpoint, and ends with the numbers and weights of a run that was never interrupted.
 *
 * @throws Problem, Diverged, what `pause` throws, or what the engine does
 */
export async function trainRun(specification: RunSpecification, context: RunContext): Promise<RunResult> {
  const { tell, cache, member = null } = context;
  const time = new Stopwatch(timeMetrics, 'loadingSeconds');
  const usage = new UsageLog(tell, time, () => member?.present ?? 1);
  let isStopped = false;
  const pause = async (): Promise<void> => {
    usage.tellNowAndThen();
    await (member?.pause(context.pause) ?? context.pause()).catch((error: unknown) => {
      isStopped = true;
      throw error;
    });
  };
  tell({ type: 'phase', phase: 'loading the data' });
  // what is told goes out before the work that lets nothing out
  await pause();
  const prepared = prepareRun(specification, cache, member);
  time.turnTo('firstStepSeconds');
  tell({ type: 'phase', phase: 'recording the first step' });
  await pause();
  const computedBy = { ...cache.engine.description, kindling: kindlingVersion() };
  const start = await findStart(prepared, computedBy, member);
  time.turnTo('otherSeconds');
  const run = activate(prepared, start, { tell, pause, time, usage }, computedBy, member);
  try {
    await begin(run, start);
    await trainAll(run, member);
    return await finishRun(run);
  } catch (error) {
    run.log.flush();
    if (isStopped) await run.resume.writeAtStop();
    throw error;
  } finally {
    run.recorder.close();
    await Promise.allSettled([run.source.close(), run.resume.settled(), run.checkpoints.settled()]);
  }
}

function activate(
  prepared: PreparedRun,
  { carried }: RunStart,
  context: Pick<ActiveRun, 'tell' | 'pause' | 'time' | 'usage'>,
  computedBy: ResumeFacts['computedBy'],
  member: FusedMember | null,
): ActiveRun {
  const { tell, pause, time } = context;
  const startedAt = performance.now();
  const timed = { steps: 0 };
  const checkpoints = openCheckpoints(prepared, carried.artifacts);
  const source = openBatches(prepared, carried.step);
  const snapshot = (): Carried => {
    const spent = {
      seconds: (performance.now() - startedAt) / 1000,
      parts: time.seconds(),
      preparationSeconds: source.preparationSeconds,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      timedSteps: timed.steps,
    };
    return { ...carried, spent: spentInAll(carried.spent, spent), artifacts: checkpoints.artifacts };
  };
  const content = contentOf(prepared);
  const facts = (): ResumeFacts => {
    // known from the first step on, before which nothing is written
    const mode = prepared.prepared.guarded.mode?.mode ?? 'eager';
    const { networks } = prepared.prepared;
    return { content, computedBy, mode, networks, carried: snapshot() };
  };
  return {
    ...prepared,
    ...{ carried, timed, checkpoints, source, snapshot, ...context },
    stepsACall: new StepsACall(),
    log: new StepLog(tell),
    recorder: new HistogramRecorder(prepared, pause),
    resume: new ResumeWriter(prepared, checkpoints, facts, { tell, member }),
  };
}

/** Sets the state from which the steps are taken. */
async function begin(run: ActiveRun, { step, state, kept, note }: RunStart): Promise<void> {
  const { specification, prepared, carried, checkpoints, time, tell } = run;
  // those of a course that this one does not take
  removeResumeCheckpoints(specification.artifacts, carried.step === 0 ? -1 : step);
  time.turnTo('firstStepSeconds');
  await prepared.training.writeState(state);
  time.turnTo('checkpointSeconds');
  for (const kind of kept) await checkpoints.write(kind, state, carried.step);
  time.turnTo('otherSeconds');
  if (specification.goOn !== undefined) tell({ type: 'going on', step, note });
  if (carried.step > 0) tellStarted(run);
  if (carried.step > step) tellAgain(run);
}

/** Of the last step, which ended an epoch that was not over. */
function tellAgain({ carried: { lastHistograms, lastPoint }, tell }: ActiveRun): void {
  if (lastHistograms !== null) tell({ type: 'histograms', histograms: lastHistograms });
  if (lastPoint !== null) tell({ type: 'steps', points: [lastPoint] });
}

/** All steps that are left, with the ends of their epochs. */
async function trainAll(run: ActiveRun, member: FusedMember | null): Promise<void> {
  const { resume, time, pause } = run;
  let waitingFor: TimeMetric = 'loadingSeconds';
  for (;;) {
    if (isEpochToEnd(run.carried, run.stepsPerEpoch)) await endEpoch(run);
    if (run.carried.step === run.totalSteps) return;
    const { batches, took } = await takeBatches(run, await stepsOfCall(run, member), waitingFor);
    await trainSteps(run, batches, waitingFor === 'waitingSeconds' ? took : 0);
    waitingFor = 'waitingSeconds';
    if (resume.isDue(run.carried.step, false)) {
      time.turnTo('checkpointSeconds');
      await resume.write();
      time.turnTo('otherSeconds');
    }
    await pause();
  }
}

/** How many steps the next call takes: up to the end of the epoch, and to the next step that is looked at. */
async function stepsOfCall(run: ActiveRun, member: FusedMember | null): Promise<number> {
  const { carried, stepsPerEpoch, recorder, prepared, stepsACall } = run;
  const { several } = prepared.training;
  if (several === null) return 1;
  const most = Math.min(several.most, stepsPerEpoch - (carried.step % stepsPerEpoch));
  let free = 1;
  const isLookedAt = (step: number): boolean => recorder.isDue(carried.step + step);
  while (free < most && !isLookedAt(0) && !isLookedAt(free)) free++;
  const wanted = stepsACall.next(free);
  return member?.stepsACall(wanted) ?? wanted;
}

/** @param part to which the time belongs: of the first ones, that is loading */
async function takeBatches(
  { source, time }: ActiveRun,
  count: number,
  part: TimeMetric,
): Promise<{ readonly batches: readonly Batch[]; readonly took: number }> {
  time.turnTo(part);
  const batches: Batch[] = [];
  while (batches.length < count) {
    await source.ready();
    const batch = source.take();
    if (batch === null) throw new Error('there is no batch for a step');
    batches.push(batch);
  }
  return { batches, took: time.turnTo('otherSeconds') };
}
