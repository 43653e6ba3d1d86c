import type { BatchSizes, FusedTraining } from './engine.ts';
import {
  evaluationResults,
  evaluationValues,
  type Numbers,
  stepResults,
  stepValues,
} from './program-values.ts';
import { joinStates, splitStates } from './states-beside.ts';
import type { TrainingProgram } from './training-program.ts';

/** The recorded `step` and `evaluate` of a program, over one state that the engine keeps. */
export interface RecordedCalls {
  writeState(values: readonly Float32Array[]): void | Promise<void>;
  readState(): Float32Array[] | Promise<Float32Array[]>;
  /** @returns the outputs, in their order */
  call(
    name: 'step' | 'evaluate',
    inputs: Readonly<Partial<Record<string, Numbers>>>,
  ): Numbers[] | Promise<Numbers[]>;
  /** May be called again. */
  close(): void;
}

/** Training by recorded calls, of an engine that answers at once or later: what it throws is a rejection. */
export function compiledTraining(
  recorded: RecordedCalls,
  program: TrainingProgram,
  sizes: BatchSizes,
): FusedTraining {
  return {
    writeState: async (states) => {
      await recorded.writeState(joinStates(program, states));
    },
    readState: async () => splitStates(program, await recorded.readState()),
    step: async (batches) => stepResults(program, await recorded.call('step', stepValues(batches, program))),
    evaluate: async (batch) => {
      const inputs = evaluationValues(batch, program, sizes.evaluation);
      return evaluationResults(program, batch.count, await recorded.call('evaluate', inputs));
    },
    close: () => recorded.close(),
  };
}
