import type { Group } from 'jsfive';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { groupAt, namesIn, openHdf5, tensorAt, Unreadable } from './hdf5-file.ts';
import { layersOf, withOurEpsilon } from './model-config.ts';

/**
 * The weights of a file of Keras's older form, `model.save('….h5')` or Keras applications' weights: it lists its layers in
 * their order, and the arrays of each by name.
 * @throws Unreadable, and whatever the reader of HDF5 throws for a damaged file
 */
export function readNamedWeights(bytes: Uint8Array): NamedTensor[] {
  const file = openHdf5(bytes);
  if (file.keys.includes('layers'))
    throw new Unreadable(
      "it has weights without the order of their layers: save the whole model by model.save('FILE.keras')",
    );
  const root = file.keys.includes('model_weights') ? groupAt(file, 'model_weights') : file;
  const epsilons = epsilonsIn(file);
  return namesIn(root, 'layer_names').flatMap((name) => {
    const layer = groupAt(root, name);
    return namesIn(layer, 'weight_names').map((weight) => {
      const tensor = tensorAt(layer, weight, weight);
      return weight.includes('moving_variance') ? withOurEpsilon(tensor, epsilons.get(name)) : tensor;
    });
  });
}

/** By layer; empty for a file of weights alone, which does not say. */
function epsilonsIn({ attrs }: Group): ReadonlyMap<string, number | undefined> {
  const { model_config: config } = attrs;
  if (typeof config !== 'string') return new Map();
  return new Map(layersOf(config).map((layer) => [layer.config.name, layer.config.epsilon]));
}
