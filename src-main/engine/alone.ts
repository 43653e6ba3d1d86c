import type { FusedTraining, Training, TrainingBatch } from './engine.ts';

/** The training of a program of a single network. */
export function alone(training: FusedTraining): Training {
  return {
    writeState: (values) => training.writeState([values]),
    readState: async () => single(await training.readState()),
    step: async (batch) => single(await training.step([batch])),
    get several() {
      const { several } = training;
      if (several === null) return null;
      const steps = async (batches: readonly TrainingBatch[]) =>
        (await several.steps(batches.map((batch) => [batch]))).map(single);
      return { most: several.most, steps };
    },
    evaluate: async (batch) => single(await training.evaluate(batch)),
    close: () => training.close(),
  };
}

function single<T>([one, ...others]: readonly T[]): T {
  if (one === undefined || others.length > 0) throw new Error('the program is not one of a single network');
  return one;
}
