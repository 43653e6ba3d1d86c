import type { Group } from 'jsfive';
import { groupAt, namesIn, openHdf5, tensorAt, Unreadable } from './hdf5-file.ts';
import { kerasProgram } from './keras-program.ts';
import { type KerasLayer, type KerasModel, layersOf, withOurEpsilon } from './model-config.ts';

/**
 * The weights of a file of Keras's older form, `model.save('….h5')` or Keras applications' weights: it lists its layers in
 * their order, and the arrays of each by name.
 * @throws Unreadable, and whatever the reader of HDF5 throws for a damaged file
 */
export function readNamedWeights(bytes: Uint8Array): KerasModel {
  const file = openHdf5(bytes);
  if (file.keys.includes('layers'))
    throw new Unreadable(
      "it has weights without the order of their layers: save the whole model by model.save('FILE.keras')",
    );
  const root = file.keys.includes('model_weights') ? groupAt(file, 'model_weights') : file;
  const model = modelIn(file);
  const epsilons = new Map(model?.map(({ config: { name, epsilon } }) => [name, epsilon]));
  const tensors = namesIn(root, 'layer_names').flatMap((name) => {
    const layer = groupAt(root, name);
    return namesIn(layer, 'weight_names').map((weight) => {
      const tensor = tensorAt(layer, weight, weight);
      return weight.includes('moving_variance') ? withOurEpsilon(tensor, epsilons.get(name)) : tensor;
    });
  });
  return { tensors, program: model && kerasProgram(model) };
}

/** Null for a file of weights alone, which does not say. */
function modelIn({ attrs: { model_config: config } }: Group): KerasLayer[] | null {
  return typeof config === 'string' ? layersOf(config) : null;
}
