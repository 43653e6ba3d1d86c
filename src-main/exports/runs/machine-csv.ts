import type { CardSample, MachineSample, TrainerSample } from '../../../src-shared/machine/machine-sample.ts';
import { csv } from '../../files/csv.ts';

const OF_TRAINER = [
  'run',
  'cores',
  'memoryBytes',
  'imagesPerSecond',
  'waitingShare',
] as const satisfies readonly (keyof TrainerSample)[];
const OF_CARD = [
  'name',
  'use',
  'usedBytes',
  'totalBytes',
  'celsius',
  'watts',
] as const satisfies readonly (keyof CardSample)[];

/** What the machine did while a study trained, as CSV: a row for some seconds, columns for each trainer and each GPU (`trainer1.cores`). */
export function machineCsv(samples: readonly MachineSample[]): string {
  const trainers = places(samples, ({ trainers: told }) => told);
  const cards = places(samples, ({ cards: told }) => told);
  return csv(
    [
      ...['endedAt', 'seconds', 'cores', 'busyCores', 'totalBytes', 'usedBytes'],
      ...trainers.flatMap((place) => OF_TRAINER.map((field) => `trainer${place + 1}.${field}`)),
      ...cards.flatMap((place) => OF_CARD.map((field) => `gpu${place}.${field}`)),
    ],
    samples.map((sample) => [
      ...[new Date(sample.at).toISOString(), sample.seconds, sample.cores, sample.busyCores],
      ...[sample.totalBytes, sample.usedBytes],
      ...trainers.flatMap((place) => OF_TRAINER.map((field) => sample.trainers[place]?.[field])),
      ...cards.flatMap((place) => OF_CARD.map((field) => sample.cards[place]?.[field])),
    ]),
  );
}

function places(
  samples: readonly MachineSample[],
  of: (sample: MachineSample) => readonly unknown[],
): readonly number[] {
  const most = samples.reduce((count, sample) => Math.max(count, of(sample).length), 0);
  return Array.from({ length: most }, (_, place) => place);
}
