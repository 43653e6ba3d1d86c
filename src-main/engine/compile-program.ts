import { VARIATION_NUMBERS, wordsOf } from '../../src-shared/training/image-bytes.ts';
import { EagerTraining } from './eager-training.ts';
import type { BatchSizes, Engine, Training } from './engine.ts';
import type { TrainingProgram } from './training-program.ts';

/**
 * Compiles a program without data: it is recorded on zeros. What it computes is compared with nothing.
 * @throws Error where the engine has no compiler, or the program cannot be replayed
 */
export async function compileProgram(
  { recorder }: Pick<Engine, 'recorder'>,
  program: TrainingProgram,
  sizes: BatchSizes,
): Promise<Training> {
  if (recorder === null) throw new Error('this engine has no compiler');
  const { trace, compile } = recorder(program, sizes);
  const { graph, takes } = program;
  const zeros = (count: number) => ({
    images:
      takes === 'values'
        ? new Float32Array(graph.input.reduce((size, extent) => size * extent, count))
        : {
            words: new Int32Array(count * wordsOf(graph.input)),
            variations: new Int32Array(count * VARIATION_NUMBERS),
            table: new Float32Array(graph.input[2] * 256),
          },
    labels: new Int32Array(count),
  });
  const eager = new EagerTraining(program, sizes);
  try {
    await eager.writeState(program.state.map(({ size }) => new Float32Array(size)));
    await eager.evaluate({ ...zeros(sizes.evaluation), count: sizes.evaluation }, trace);
    await eager.step({ ...zeros(sizes.training), learningRate: 0, step: 0, seed: 0 }, trace);
  } finally {
    eager.close();
  }
  return compile();
}
