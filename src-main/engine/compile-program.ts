import { EagerTraining } from './eager-training.ts';
import type { BatchSizes, Engine, FusedTraining } from './engine.ts';
import type { TrainingProgram } from './training-program.ts';

/**
 * Compiles a program that takes values without data: it is recorded on zeros. What it computes is compared with nothing.
 * @throws Error where the engine has no compiler, or the program cannot be replayed
 */
export async function compileProgram(
  { recorder }: Pick<Engine, 'recorder'>,
  program: TrainingProgram,
  sizes: BatchSizes,
): Promise<FusedTraining> {
  if (recorder === null) throw new Error('this engine has no compiler');
  const { trace, compile, stepsACall } = recorder(program, sizes);
  const zeros = (count: number) => ({
    images: new Float32Array(program.graph.input.reduce((size, extent) => size * extent, count)),
    labels: new Int32Array(count),
  });
  const eager = new EagerTraining(program, sizes);
  const ofEach = <T>(make: () => T): T[] => Array.from({ length: program.networks }, make);
  try {
    await eager.writeState(ofEach(() => program.state.map(({ size }) => new Float32Array(size))));
    await eager.evaluate({ ...zeros(sizes.evaluation), count: sizes.evaluation }, trace);
    const batch = { ...zeros(sizes.training), learningRate: 0, step: 0, seed: 0 };
    await eager.step(
      ofEach(() => batch),
      trace,
    );
  } finally {
    eager.close();
  }
  return compile(program.precision, stepsACall[0]);
}
