import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { CompiledForward, Engine, ForwardProgram } from '../engine/engine.ts';
import { imageTensor, weightTensors } from './network-tensors.ts';
import type { WeightValues } from './subject.ts';

/**
 * How far a replayed output may lie from the eager one, by the norm of the difference. Fused kernels round otherwise (seen
 * 1e-6), which now and then moves an activation across zero: of a share of zeros that is 1e-3.
 */
const TOLERANCE = 1e-2;

/** In place of an engine, for a pass that is not worth recording. */
export const EAGER: Pick<Engine, 'compileForward'> = { compileForward: null };

/** What has been told of passes that stay eager: the same reason holds for many. */
const told = new Set<string>();

/**
 * A pass over batches of images that is recorded once and replayed, where the engine can, with whichever weights were written
 * last. Eager batches go beside it until their outputs say something and agree; where they differ, or nothing can be
 * recorded, the pass stays eager, which is slower, and the process warns of it.
 */
export class ReplayedPass {
  readonly #program: ForwardProgram;
  readonly #isCompared: (output: number) => boolean;
  /** Null where it is eager. */
  #compiled: CompiledForward | null;
  #isProven = false;
  #values: WeightValues = new Map();
  /** Those for eager batches, as long as there are any. */
  #weights: ReadonlyMap<string, Tensor> | null = null;

  /** @param isCompared whether an output must agree, by its place: the place of a maximum depends on rounding */
  constructor(
    { compileForward }: Pick<Engine, 'compileForward'>,
    program: ForwardProgram,
    isCompared: (output: number) => boolean = () => true,
  ) {
    this.#program = program;
    this.#isCompared = isCompared;
    this.#compiled = null;
    try {
      this.#compiled = compileForward?.(program) ?? null;
    } catch (error) {
      stayEager(`cannot be compiled: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  writeWeights(values: WeightValues): void {
    this.#disposeWeights();
    this.#values = values;
    this.#compiled?.writeWeights(values);
  }

  /**
   * The outputs of the program, row by row.
   * @param images [at most a batch, h, w, c]
   * @param beside what the program takes beside them, [images, numbers]
   */
  run(images: Float32Array, beside?: Float32Array): Float32Array[] {
    const compiled = this.#compiled;
    if (compiled !== null && this.#isProven) return filledUp(compiled, this.#program, images, beside);
    const expected = this.#runEagerly(images, beside);
    if (compiled === null) return expected;
    const found = filledUp(compiled, this.#program, images, beside);
    const agree = expected.every((each, place) => !this.#isCompared(place) || isNear(each, found[place]));
    if (!agree) {
      stayEager('gives something else when it is compiled');
      this.#compiled = null;
      compiled.close();
      return expected;
    }
    // where everything is zero, as in a network that died, nothing was compared
    this.#isProven = expected.some((each) => each.some((value) => value !== 0 && Number.isFinite(value)));
    if (this.#isProven) this.#disposeWeights();
    return found;
  }

  /** Leaves nothing on the engine but what is compiled; `writeWeights` comes before it runs again. */
  rest(): void {
    this.#disposeWeights();
    this.#values = new Map();
  }

  /** Gives back everything. */
  close(): void {
    this.rest();
    this.#compiled?.close();
    this.#compiled = null;
  }

  #runEagerly(images: Float32Array, beside?: Float32Array): Float32Array[] {
    const { graph, compute } = this.#program;
    const weights = (this.#weights ??= weightTensors(graph, this.#values));
    const found = tf.tidy(() => {
      const tensor = imageTensor(graph, images);
      const numbers = beside && tf.tensor2d(beside, [tensor.shape[0], beside.length / tensor.shape[0]]);
      return [...compute(tensor, weights, numbers)];
    });
    try {
      return found.map((each) => each.dataSync<'float32'>());
    } finally {
      tf.dispose(found);
    }
  }

  #disposeWeights(): void {
    tf.dispose([...(this.#weights?.values() ?? [])]);
    this.#weights = null;
  }
}

function stayEager(reason: string): void {
  const text = `a pass over images ${reason}`;
  if (!told.has(text)) process.emitWarning(`${text}; it is computed eagerly`);
  told.add(text);
}

/** A recorded pass is over a whole batch: the last one is filled up with zeros, whose rows are dropped. */
function filledUp(
  compiled: CompiledForward,
  { graph, batch }: ForwardProgram,
  images: Float32Array,
  beside?: Float32Array,
): Float32Array[] {
  const count = images.length / graph.input.reduce((product, extent) => product * extent, 1);
  if (count === batch) return compiled.call(images, beside);
  const fill = (values: Float32Array): Float32Array => {
    const filled = new Float32Array((values.length / count) * batch);
    filled.set(values);
    return filled;
  };
  const found = compiled.call(fill(images), beside && fill(beside));
  return found.map((each) => each.subarray(0, (each.length / batch) * count));
}

/** Where neither is a number they agree. */
function isNear(expected: Float32Array, found: Float32Array = new Float32Array()): boolean {
  let [difference, norm] = [0, 0];
  for (const [at, value] of expected.entries()) {
    const other = found[at];
    if (!Number.isFinite(value) && !Number.isFinite(other)) continue;
    difference += (value - (other ?? NaN)) ** 2;
    norm += value ** 2;
  }
  return difference <= TOLERANCE ** 2 * norm;
}
