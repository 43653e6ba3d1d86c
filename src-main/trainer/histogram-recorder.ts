import type {
  LayerHistogram,
  RecordedPart,
  StepHistograms,
} from '../../src-shared/metrics/layer-histograms.ts';
import { isKernel } from '../../src-shared/networks/weights.ts';
import { valueHistogram } from '../../src-shared/statistics/value-histogram.ts';
import { histogramSteps, recordingsOf } from '../../src-shared/studies/recordings.ts';
import { type EvaluationBytes, evaluationBytes } from '../datasets/byte-batches.ts';
import { type EvaluationBatch, filledBatches } from '../datasets/evaluation-batches.ts';
import type { TrainingBatch } from '../engine/engine.ts';
import { gradientOf, observeActivations } from '../engine/observe-step.ts';
import type { Place } from '../engine/state-layout.ts';
import type { Pause } from '../work/answer-work.ts';
import type { PreparedRun } from './prepare-run.ts';

/** Their outputs are the activations: so many give millions of values, and a step's batch may be much larger. */
const MOST_IMAGES = 64;

/**
 * Counts what some of a run's steps find and compute, for layers with weights: their kernels before the step, the gradient of its loss
 * on its batch, and their outputs for images that are the same at every step and in every run on the same data. It only reads.
 */
export class HistogramRecorder {
  readonly #run: PreparedRun;
  readonly #steps: ReadonlySet<number>;
  readonly #pause: Pause;
  readonly #kernels: ReadonlyMap<string, Place>;
  /** Opened with the first step that is recorded. */
  #images: Generator<EvaluationBatch | EvaluationBytes, void, undefined> | null = null;
  #batch: EvaluationBatch | EvaluationBytes | null = null;
  #found: { readonly step: number; readonly parameters: Float32Array; layers: LayerHistogram[] } | null =
    null;

  constructor(run: PreparedRun, pause: Pause) {
    const { layout, graph } = run.prepared.program;
    const places = new Map(layout.parameters.map((place) => [place.weight, place]));
    this.#run = run;
    this.#steps = histogramSteps(recordingsOf(run.specification), run.totalSteps);
    this.#pause = pause;
    this.#kernels = new Map(
      graph.layers.flatMap(({ name, weights }) => {
        const kernel = weights.find(isKernel);
        const place = kernel && places.get(kernel);
        return place ? [[name, place] as const] : [];
      }),
    );
  }

  /** @param step counted from 0 */
  isDue(step: number): boolean {
    return this.#steps.has(step);
  }

  /** Before a step that is due. @param batch what it is about to be given */
  async look(batch: TrainingBatch): Promise<void> {
    const { training, program } = this.#run.prepared;
    const state = await training.readState();
    const [parameters] = state;
    if (parameters === undefined) throw new Error('the state has no parameters');
    await this.#pause();
    const gradient = await gradientOf(program, state, batch);
    const byLayer = new Map<string, LayerHistogram[]>();
    for (const [layer, { offset, size }] of this.#kernels) {
      const count = (of: RecordedPart, values: Float32Array): LayerHistogram => ({
        ...{ of, layer, ...valueHistogram(values.subarray(offset, offset + size)), update: null },
      });
      byLayer.set(layer, [count('weights', parameters), count('gradients', gradient)]);
      await this.#pause();
    }
    const { images, count } = this.#observed();
    const { seed, step } = batch;
    await observeActivations(program, state, { images, count, seed, step }, async (layer, values) => {
      byLayer.get(layer)?.push({ of: 'activations', layer, ...valueHistogram(values), update: null });
      await this.#pause();
    });
    this.#found = { step: step + 1, parameters, layers: [...byLayer.values()].flat() };
  }

  /** After that step. */
  async result(): Promise<StepHistograms> {
    if (this.#found === null) throw new Error('no step was looked at');
    const { step, parameters, layers } = this.#found;
    const [after] = await this.#run.prepared.training.readState();
    if (after === undefined) throw new Error('the state has no parameters');
    this.#found = null;
    const updated = layers.map((histogram) => {
      const place = histogram.of === 'weights' ? this.#kernels.get(histogram.layer) : undefined;
      return place ? { ...histogram, update: changeOf(parameters, after, place) } : histogram;
    });
    return { step, layers: updated };
  }

  close(): void {
    this.#images?.return(undefined);
    this.#images = null;
    this.#batch = null;
  }

  /** The first training images in an order that depends on the data alone, not varied. */
  #observed(): EvaluationBatch | EvaluationBytes {
    if (this.#batch !== null) return this.#batch;
    const { data, prepared, specification } = this.#run;
    const { part, split, statistics } = data;
    const { fromBytes } = prepared.program;
    const indices = split.training.slice(0, Math.min(MOST_IMAGES, specification.recipe.batch));
    this.#images =
      fromBytes === null
        ? filledBatches(part, indices, indices.length, statistics)
        : evaluationBytes(part, indices, indices.length, statistics, fromBytes.hold);
    const first = this.#images.next();
    if (first.done === true) throw new Error('there are no training images');
    this.#batch = first.value;
    return first.value;
  }
}

/** The norm of the difference; null where it is not finite. */
function changeOf(before: Float32Array, after: Float32Array, { offset, size }: Place): number | null {
  let squares = 0;
  for (let at = offset; at < offset + size; at++)
    squares += ((after[at] as number) - (before[at] as number)) ** 2;
  return Number.isFinite(squares) ? Math.sqrt(squares) : null;
}
