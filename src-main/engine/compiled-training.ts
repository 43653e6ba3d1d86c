import type { BatchSizes, FusedTraining, StepResult, TrainingBatch } from './engine.ts';
import {
  evaluationResults,
  evaluationValues,
  type Numbers,
  resultsOfSteps,
  stepValues,
  valuesOfSteps,
} from './program-values.ts';
import { joinStates, splitStates } from './states-beside.ts';
import type { TrainingProgram } from './training-program.ts';

/** The recorded `step` and `evaluate` of a program, over one state that the engine keeps. */
export interface RecordedCalls {
  writeState(values: readonly Float32Array[]): void | Promise<void>;
  readState(): Float32Array[] | Promise<Float32Array[]>;
  /**
   * @param steps that are taken: more than one only of what was said to take several, with a row for each in the inputs (`valuesOfSteps`)
   * @returns the outputs, in their order, each with as many rows
   */
  call(
    name: 'step' | 'evaluate',
    inputs: Readonly<Partial<Record<string, Numbers>>>,
    steps?: number,
  ): Numbers[] | Promise<Numbers[]>;
  /** May be called again. */
  close(): void;
}

/**
 * Training by recorded calls, of an engine that answers at once or later: what it throws is a rejection.
 * @param mostSteps that a call of the recorded step takes
 */
export function compiledTraining(
  recorded: RecordedCalls,
  program: TrainingProgram,
  sizes: BatchSizes,
  mostSteps = 1,
): FusedTraining {
  async function steps(each: readonly (readonly TrainingBatch[])[]): Promise<StepResult[][]> {
    const inputs = valuesOfSteps(each.map((batches) => stepValues(batches, program)));
    return resultsOfSteps(program, each.length, await recorded.call('step', inputs, each.length));
  }
  return {
    several: mostSteps > 1 ? { most: mostSteps, steps } : null,
    writeState: async (states) => {
      await recorded.writeState(joinStates(program, states));
    },
    readState: async () => splitStates(program, await recorded.readState()),
    step: async (batches) => (await steps([batches]))[0] ?? [],
    evaluate: async (batch) => {
      const inputs = evaluationValues(batch, program, sizes.evaluation);
      return evaluationResults(program, batch.count, await recorded.call('evaluate', inputs));
    },
    close: () => recorded.close(),
  };
}
