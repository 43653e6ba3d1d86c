import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { weightSize } from '../../../../src-shared/networks/weights.ts';
import type { CompiledForward, ForwardProgram } from '../../engine.ts';
import type { TensorFlowBackend } from './backend.ts';
import { CompiledProgram } from './compiled-program.ts';
import { recordFunction } from './record-function.ts';

/** Records a pass on zeros, which costs one eager pass, and builds a session that replays it. */
export function compileForward(
  backend: TensorFlowBackend,
  { graph, batch, beside, compute }: ForwardProgram,
): CompiledForward {
  const weights = graph.layers.flatMap((layer) => layer.weights);
  const state = weights.map((weight) => ({ name: weight.name, size: weightSize(weight) }));
  const images = tf.zeros<tf.Rank.R4>([batch, ...graph.input]);
  const numbers = beside === undefined ? undefined : tf.zeros<tf.Rank.R2>([batch, beside]);
  const vectors = state.map(({ size }) => tf.zeros([size]));
  const { result, recorded } = recordFunction(backend, {
    ...{ name: 'pass', inputs: { images, ...(numbers && { beside: numbers }) }, state: vectors },
    compute: () =>
      tf.tidy(() => {
        const named = weights.map(({ name, shape }, place) => {
          const vector = vectors[place] as Tensor;
          return [name, tf.reshape(vector, [...shape])] as const;
        });
        return [...compute(images, new Map(named), numbers)];
      }),
    outputsOf: (outputs) => ({
      outputs: Object.fromEntries(outputs.map((output, place) => [`output${place}`, output])),
      state: [],
    }),
  });
  tf.dispose([images, numbers ?? [], vectors, result]);
  const compiled = new CompiledProgram(backend.binding, state, [recorded()]);
  return {
    writeWeights: (values) =>
      compiled.writeState(
        state.map(({ name }) => {
          const found = values.get(name);
          if (found === undefined) throw new Error(`no value for the weight ${name}`);
          return found;
        }),
      ),
    call: (values, given) =>
      compiled.call('pass', { images: values, ...(given && { beside: given }) }) as Float32Array[],
    close: () => compiled.close(),
  };
}
