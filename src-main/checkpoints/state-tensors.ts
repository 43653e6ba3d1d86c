import { Problem } from '../../src-shared/mistakes/problem.ts';
import { splitState, type Place } from '../engine/state-layout.ts';
import type { StateEntry, TrainingProgram } from '../engine/training-program.ts';
import type { NamedTensor } from './safetensors.ts';

/** A program's state as tensors with the names and layouts of the graph's weights: kernels HWIO. */
type Described = Pick<TrainingProgram, 'layout' | 'state'>;

/** Parameters and moving statistics, by the names of the weights. @param state in the order of the program's */
export function weightTensors({ layout }: Described, state: readonly Float32Array[]): NamedTensor[] {
  const [parameters = new Float32Array(), statistics = new Float32Array()] = state;
  const values = splitState(layout, parameters, statistics);
  return [...layout.parameters, ...layout.statistics].map(({ weight }) => ({
    name: weight.name,
    shape: weight.shape,
    values: values.get(weight.name) ?? new Float32Array(),
  }));
}

/** The optimizer's slots, as `<slot>/<weight>`. */
export function slotTensors(program: Described, state: readonly Float32Array[]): NamedTensor[] {
  return program.state.flatMap((entry, index): NamedTensor[] => {
    const vector = state[index];
    if (!isSlot(entry) || vector === undefined) return [];
    return program.layout.parameters.map(({ weight, offset, size }) => ({
      name: `${entry.name}/${weight.name}`,
      shape: weight.shape,
      values: vector.subarray(offset, offset + size),
    }));
  });
}

/**
 * The state that these tensors are: the inverse of `weightTensors` and `slotTensors` together.
 * @throws Problem `data-invalid` where one is missing or has another number of values
 */
export function stateOf({ layout, state }: Described, tensors: readonly NamedTensor[]): Float32Array[] {
  const values = new Map(tensors.map((tensor) => [tensor.name, tensor.values]));
  return state.map((entry) => {
    const vector = new Float32Array(entry.size);
    const places = entry.name === 'statistics' ? layout.statistics : layout.parameters;
    for (const place of places) vector.set(found(values, entry, place), place.offset);
    return vector;
  });
}

function found(values: ReadonlyMap<string, Float32Array>, entry: StateEntry, place: Place): Float32Array {
  const name = isSlot(entry) ? `${entry.name}/${place.weight.name}` : place.weight.name;
  const vector = values.get(name);
  if (vector?.length === place.size) return vector;
  const what = vector === undefined ? 'is missing' : `has ${vector.length} values, not ${place.size}`;
  throw new Problem('data-invalid', `${name} ${what}`);
}

function isSlot({ name }: StateEntry): boolean {
  return name !== 'parameters' && name !== 'statistics';
}
