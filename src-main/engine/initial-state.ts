import type { Initializer } from '../../src-shared/networks/layer.ts';
import { randomStream, type RandomStream } from '../../src-shared/random.ts';
import type { Place } from './state-layout.ts';
import type { TrainingProgram } from './training-program.ts';

/**
 * The state before the first step: weights drawn from the run's seed, slots zero.
 *
 * Each weight has a stream of its own, named by the weight, so that cells which share a layer share its
 * initial values, and a layer more or less leaves the others alone.
 */
export function initialState(program: TrainingProgram, seed: number): Float32Array[] {
  const { layout } = program;
  return program.state.map(({ name, size }) => {
    const vector = new Float32Array(size);
    if (name === 'parameters') fill(vector, layout.parameters, seed);
    else if (name === 'statistics') fill(vector, layout.statistics, seed);
    return vector;
  });
}

function fill(vector: Float32Array, places: readonly Place[], seed: number): void {
  for (const { weight, offset, size } of places)
    drawWeight(
      vector.subarray(offset, offset + size),
      weight.initializer,
      randomStream(seed, 'initialization', weight.name),
    );
}

/** Fills a weight with values of its initializer. */
export function drawWeight(values: Float32Array, initializer: Initializer, stream: RandomStream): void {
  if (initializer.kind === 'constant') {
    values.fill(initializer.value);
    return;
  }
  const { kind } = initializer;
  for (let i = 0; i < values.length; i++)
    values[i] =
      kind === 'normal' ? initializer.std * stream.normal() : (2 * stream.uniform() - 1) * initializer.limit;
}
