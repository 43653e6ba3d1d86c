import path from 'node:path';
import type { ImagesInMemory } from '../../../src-main/datasets/dataset.ts';
import { readSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { timeMetrics } from '../../../src-shared/metrics/metrics.ts';
import { randomStream } from '../../../src-shared/random.ts';
import type { RunResult, TrainingProgress } from '../../../src-shared/studies/trainer-protocol.ts';

/** Noise with a cast of one colour, or none: easy, but nothing that one pixel could tell. */
export function colours(count: number, side: number, seed: number): ImagesInMemory {
  const stream = randomStream(seed, 'colours');
  const labels = Uint16Array.from({ length: count }, (_, index) => index % 4);
  const size = side * side * 3;
  const images = Uint8Array.from({ length: count * size }, (_, at) => {
    const cast = labels[Math.floor(at / size)] === at % 3 ? 60 : 0;
    return cast + 190 * stream.uniform();
  });
  return { count, shape: [side, side, 3], images, labels };
}

/** All that is the same whenever a run is trained: points, histograms, result and weights, without times and the machine. */
export function bitsOf(said: readonly TrainingProgress[], result: RunResult, artifacts: string) {
  const times = Object.fromEntries([...timeMetrics, 'preparationSeconds'].map((name) => [name, 0]));
  return {
    steps: said.flatMap((message) =>
      message.type === 'steps'
        ? message.points.map((point) => ({ ...point, imagesPerSecond: 0, dataWaitShare: 0 }))
        : [],
    ),
    epochs: said.flatMap((message) => (message.type === 'epoch' ? [{ ...message.point, seconds: 0 }] : [])),
    histograms: said.flatMap((message) => (message.type === 'histograms' ? [message.histograms] : [])),
    result: {
      ...result,
      ...times,
      ...{ seconds: 0, imagesPerSecond: 0, dataWaitShare: 0, peakMemoryBytes: 0 },
    },
    weights: result.artifacts.map(({ file }) => readSafetensors(path.join(artifacts, file))),
  };
}

/** What is recorded of a run that goes on: what was told up to the step from which it does, and all that is told then. */
export function recorded(
  before: readonly TrainingProgress[],
  after: readonly TrainingProgress[],
): TrainingProgress[] {
  const from = wentOnFrom(after).step;
  const kept = before.flatMap((message): TrainingProgress[] => {
    if (message.type === 'steps')
      return [{ ...message, points: message.points.filter(({ step }) => step <= from) }];
    const step =
      message.type === 'epoch'
        ? message.point.step
        : message.type === 'histograms'
          ? message.histograms.step
          : Infinity;
    return step <= from ? [message] : [];
  });
  const started = before.filter(({ type }) => type === 'started');
  return [...started, ...kept, ...after];
}

/** The last step of which everything was told, with the epoch that it ends. */
export function lastTold(said: readonly TrainingProgress[]): number {
  const perEpoch = said.find((message) => message.type === 'started')?.stepsPerEpoch ?? 0;
  const step = said.flatMap((message) => (message.type === 'steps' ? message.points : [])).at(-1)?.step ?? 0;
  const epoch =
    said.flatMap((message) => (message.type === 'epoch' ? [message.point.epoch] : [])).at(-1) ?? 0;
  return Math.min(step, (epoch + 1) * perEpoch - 1);
}

export function wentOnFrom(said: readonly TrainingProgress[]): {
  readonly step: number;
  readonly note: string | null;
} {
  const told = said.filter((message) => message.type === 'going on');
  const [only] = told;
  if (only === undefined || told.length > 1) throw new Error(`it was told ${told.length} times`);
  return only;
}
