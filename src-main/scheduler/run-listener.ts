import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ExtendedRun, TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import { keepLastResumes } from '../artifacts/resume-files.ts';
import type { MachineSampler } from '../machine/sample-machine.ts';
import type { GoingOn, Store } from '../store/store.ts';
import type { SchedulerEvent } from './events.ts';
import type { PointBuffer } from './point-buffer.ts';
import { labelOf, type QueuedRun } from './queued-run.ts';
import type { StudyProgress } from './study-progress.ts';

/** Where what a run tells goes. */
export interface ListenerOptions {
  readonly store: Store;
  /** Of the data set, as the study has it. */
  readonly dataHash: string;
  readonly emit: (event: SchedulerEvent) => void;
  readonly points: PointBuffer;
  readonly progress: StudyProgress;
  /** Null where another machine computes. */
  readonly machine: MachineSampler | null;
}

/**
 * What to do with a run's messages. What it returns throws the store's errors, and Problem `data-invalid` where the trainer has other data.
 * @param place at which the run is trained
 */
export function runListener(
  { store, dataHash, emit, points, progress, machine }: ListenerOptions,
  next: QueuedRun,
  place: number,
): (message: TrainingProgress) => void {
  const { run } = next;
  const label = labelOf(next);
  let totalSteps = 0;
  let stepsPerEpoch = 0;
  return (message) => {
    switch (message.type) {
      case 'phase':
        return emit({ type: 'run phase', ...label, phase: message.phase });
      case 'started': {
        if (message.dataHash !== dataHash) throw changedData(message.dataHash, dataHash);
        ({ totalSteps, stepsPerEpoch } = message);
        progress.course(run)?.start(stepsPerEpoch);
        const { mode, modeReason, images } = message;
        const told = { totalSteps, stepsPerEpoch, mode, modeReason };
        store.noteTraining(run, { ...told, ...(images !== undefined && { images }) });
        return emit({ type: 'run started', ...label, ...told });
      }
      case 'steps': {
        points.addSteps(run, message.points);
        const last = message.points.at(-1);
        if (!last) return;
        progress.course(run)?.reachStep(last.step);
        const { step, loss, accuracy, imagesPerSecond } = last;
        const measured = { loss, accuracy, imagesPerSecond };
        const epoch = step / stepsPerEpoch;
        return emit({ type: 'run progress', ...label, step, totalSteps, epoch, ...measured });
      }
      case 'epoch':
        points.addEpoch(run, message.point);
        progress.course(run)?.reachEpoch(message.point.epoch);
        return emit({ type: 'run epoch', ...label, point: message.point });
      case 'histograms':
        return points.addHistograms(run, message.histograms);
      case 'going on': {
        const { step, note } = message;
        const from = next.specification.goOn?.from;
        points.flush();
        const before = store.run(run);
        store.noteGoingOn(run, { step, note, ...(from && { shorter: shorterOf(from) }) });
        const steps = before.totalSteps ?? next.reached?.totalSteps ?? null;
        if (steps !== null) progress.course(run)?.goOn({ step, totalSteps: steps });
        return emit({
          type: 'run goes on',
          ...label,
          ...{ step, note, totalSteps: steps },
          interruptedAt: before.interruptions.at(-1)?.at ?? null,
          shorter: from !== undefined && step === from.last.step ? from.run : null,
        });
      }
      case 'resume checkpoint':
        // a run goes on from no step whose points are not recorded
        points.flush();
        return void keepLastResumes(store, run, message.step);
      case 'usage':
        return machine?.noteTrainer(place, run, message.usage);
    }
  };
}

function shorterOf({ run, last, spent }: ExtendedRun): NonNullable<GoingOn['shorter']> {
  return { from: run, step: last.step, seconds: spent.seconds };
}

function changedData(found: string, expected: string): Problem {
  return new Problem(
    'data-invalid',
    `The data set changed while the study was running: its hash is now ${found}, it was ${expected}. Start the study again.`,
  );
}
