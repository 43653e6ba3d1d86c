import { unzipSync } from 'fflate';
import type { Group } from 'jsfive';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { groupAt, openHdf5, tensorAt, Unreadable } from './hdf5-file.ts';
import { kerasProgram } from './keras-program.ts';
import { type KerasLayer, type KerasModel, layersOf, withOurEpsilon } from './model-config.ts';

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
const NOT_COMPRESSED = 0;
/** Where a zip lists what it has, unless it has thousands of parts. */
const DIRECTORY_BYTES = 65_536;

/** Whether a zip lists the part that only `model.save('….keras')` writes. */
export function isKerasArchive(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  return Buffer.from(bytes.subarray(-DIRECTORY_BYTES)).includes(WEIGHTS);
}

/**
 * A file of `model.save('….keras')`, its weights in the order of the model's layers.
 * @throws Unreadable, and whatever the readers of zip and HDF5 throw for a damaged file
 */
export function readKerasArchive(bytes: Uint8Array): KerasModel {
  const { [CONFIG]: config, [WEIGHTS]: weights } = unzipSync(bytes, {
    filter: ({ name, compression }) => {
      if (name !== CONFIG && name !== WEIGHTS) return false;
      // Keras stores both as they are, so that neither can explode
      if (compression !== NOT_COMPRESSED) throw new Unreadable(`its part ${name} is compressed`);
      return true;
    },
  });
  if (config === undefined || weights === undefined)
    throw new Unreadable(`it is a zip without ${CONFIG} or ${WEIGHTS}`);
  const layers = layersOf(Buffer.from(config).toString('utf8'));
  const variables = variablesByLayer(groupAt(openHdf5(weights), 'layers'));
  const tensors = layers.flatMap((layer) => tensorsOf(layer, variables.get(layer.config.name)));
  const known = new Set(layers.map(({ config: { name } }) => name));
  const strange = [...variables].filter(([name, { keys }]) => keys.length > 0 && !known.has(name));
  if (strange.length > 0)
    throw new Unreadable(
      `its model does not name the layers of the weights ${strange.map(([name]) => name).join(', ')}`,
    );
  return { tensors, program: kerasProgram(layers) };
}

/** The group of each layer's arrays, by the layer's name in the model. */
function variablesByLayer(layers: Group): Map<string, Group> {
  return new Map(
    layers.keys.map((key) => {
      const layer = groupAt(layers, key);
      if (layer.keys.some((each) => each !== 'vars'))
        throw new Unreadable(`its layer ${key} is made of other layers: save a model of plain layers`);
      const variables = groupAt(layer, 'vars');
      const { name } = variables.attrs;
      if (typeof name !== 'string')
        throw new Unreadable(
          'it does not name the layers of its weights: save the model anew with Keras 3.5 or later',
        );
      return [name, variables];
    }),
  );
}

function tensorsOf(layer: KerasLayer, variables: Group | undefined): NamedTensor[] {
  if (variables === undefined || variables.keys.length === 0) return [];
  const { name, epsilon } = layer.config;
  const fields = fieldsOf(layer);
  const keys = variables.keys.toSorted((one, other) => Number(one) - Number(other));
  if (keys.length > fields.length)
    throw new Unreadable(
      `its layer ${name} (${layer.class_name}) has ${keys.length} arrays, not ${fields.length}`,
    );
  return keys.map((key, place) => {
    const field = fields[place] ?? '';
    const tensor = tensorAt(variables, key, `${name}/${field}`);
    return field === 'moving_variance' ? withOurEpsilon(tensor, epsilon) : tensor;
  });
}

/** What a layer's arrays are, in the order in which Keras makes them. @throws Unreadable for a layer of another class */
function fieldsOf({ class_name: kind, config: { name, scale = true, center = true } }: KerasLayer): string[] {
  switch (kind) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'Dense':
      return ['kernel', 'bias'];
    case 'BatchNormalization':
      return [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : []), 'moving_mean', 'moving_variance'];
    default:
      throw new Unreadable(`its layer ${name} is of the class ${kind}, which no network here has`);
  }
}
