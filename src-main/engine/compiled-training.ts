import { evaluationValues, stepValues } from './eager-training.ts';
import type { BatchSizes, Training } from './engine.ts';
import type { TrainingProgram } from './training-program.ts';

type Values = Float32Array | Int32Array;

/** The recorded `step` and `evaluate` of a program, over one state that the engine keeps. */
export interface RecordedCalls {
  writeState(values: readonly Float32Array[]): void | Promise<void>;
  readState(): Float32Array[] | Promise<Float32Array[]>;
  /** @returns the outputs, in their order */
  call(
    name: 'step' | 'evaluate',
    inputs: Readonly<Partial<Record<string, Values>>>,
  ): Values[] | Promise<Values[]>;
  /** May be called again. */
  close(): void;
}

/** Training by recorded calls, of an engine that answers at once or later: what it throws is a rejection. */
export function compiledTraining(
  recorded: RecordedCalls,
  program: TrainingProgram,
  sizes: BatchSizes,
): Training {
  return {
    writeState: async (values) => {
      await recorded.writeState(values);
    },
    readState: async () => await recorded.readState(),
    step: async (batch) => {
      const [loss, correct, top5] = await recorded.call('step', stepValues(batch, program));
      return { loss: numberOf(loss), correct: numberOf(correct), correctTop5: numberOf(top5) };
    },
    evaluate: async (batch) => {
      const inputs = evaluationValues(batch, sizes.evaluation);
      const [loss, correct, top5, predicted] = await recorded.call('evaluate', inputs);
      return {
        ...{ loss: numberOf(loss), correct: numberOf(correct), correctTop5: numberOf(top5) },
        predicted: Int32Array.from(predicted ?? []).slice(0, batch.count),
      };
    },
    close: () => recorded.close(),
  };
}

function numberOf(values: Values | undefined): number {
  return values?.[0] ?? Number.NaN;
}
