import { isOfAllSteps } from '../../program-values.ts';
import type { Binding } from './binding.ts';
import type { RecordedFunction } from './recorded-function.ts';
import type { GraphWriter } from './graph-def.ts';
import { type TypedNode, writeLoop } from './loop.ts';
import { at, shapeOf } from './recording.ts';
import { simplified } from './simplify-recording.ts';

/** TensorFlow's number of the type of a list of tensors (tensorflow/core/framework/types.proto), which TensorFlow.js does not have. */
const VARIANT = 21;

/** The input that says how many steps a call takes: int32 []. */
export const STEPS = 'steps';

/** The shape in which a call is given an input. @param steps null while the graph is written */
export function shapeForSteps(
  { name, shape }: RecordedFunction['inputs'][number],
  steps: number | null,
): readonly number[] {
  return isOfAllSteps(name) ? shape : [steps ?? -1, ...shape];
}

/**
 * Writes a step so that a call takes several, one after the other. Each input has a row for each step, but for those that are the same for
 * all; each output has such a row, too.
 * @param inputs the nodes of the function's inputs
 * @param state the nodes of its state
 * @returns the outputs, and the state after the last step, which is nobody's yet
 */
export function writeSteps(
  graph: GraphWriter,
  binding: Binding,
  { name, inputs: described, outputs, recording }: RecordedFunction,
  inputs: readonly string[],
  state: readonly string[],
): string[] {
  const { TF_FLOAT, TF_INT32 } = binding;
  const short = simplified(recording);
  const integers = (
    of: string,
    values: readonly number[],
    after: readonly string[] = [],
    shape = [values.length],
  ) => graph.constant(`${name}/${of}`, { dtype: TF_INT32, shape, values: Int32Array.from(values) }, after);
  const shapes = outputs.map((output, index) =>
    integers(`shape/${output.name}`, shapeOf(short, at(short.outputs, index))),
  );
  const anyNumber = integers('any-number', [-1], [], []);
  const empty = outputs.map((output, index): TypedNode => ({
    dtype: VARIANT,
    node: graph.add(`${name}/empty/${output.name}`, 'EmptyTensorList', [at(shapes, index), anyNumber], {
      element_dtype: { type: output.dtype },
      shape_type: { type: TF_INT32 },
    }),
  }));
  const last = writeLoop(graph, binding, {
    name: `${name}/loop`,
    turns: graph.placeholder(`${name}/${STEPS}`, TF_INT32, []),
    constant: inputs.map((node, index) => ({ node, dtype: at(described, index).dtype })),
    carried: [...state.map((node) => ({ node, dtype: TF_FLOAT })), ...empty],
    body({ number, start, constant, carried }) {
      const one = integers('row/one', [1], [start]);
      const from = graph.add(`${name}/row/from`, 'Pack', [number], {
        ...{ T: { type: TF_INT32 }, N: { i: 1 }, axis: { i: 0 } },
      });
      const to = graph.add(`${name}/row/to`, 'AddV2', [from, one], { T: { type: TF_INT32 } });
      const ofStep = described.map((input, index) =>
        isOfAllSteps(input.name)
          ? at(constant, index)
          : graph.add(`${name}/row/of/${input.name}`, 'StridedSlice', [at(constant, index), from, to, one], {
              ...{ T: { type: input.dtype }, Index: { type: TF_INT32 } },
              ...{
                begin_mask: { i: 0 },
                end_mask: { i: 0 },
                ellipsis_mask: { i: 0 },
                new_axis_mask: { i: 0 },
              },
              shrink_axis_mask: { i: 1 },
            }),
      );
      const results = graph.recording(name, short, [...ofStep, ...carried.slice(0, state.length)], [start]);
      const lists = outputs.map((output, index) =>
        graph.add(
          `${name}/list/${output.name}`,
          'TensorListPushBack',
          [at(carried, state.length + index), at(results, index)],
          { element_dtype: { type: output.dtype } },
        ),
      );
      return [...results.slice(outputs.length), ...lists];
    },
  });
  const rows = outputs.map((output, index) =>
    graph.add(
      `${name}/rows/${output.name}`,
      'TensorListStack',
      [at(last, state.length + index), at(shapes, index)],
      { element_dtype: { type: output.dtype }, num_elements: { i: -1 } },
    ),
  );
  return [...rows, ...last.slice(0, state.length)];
}
