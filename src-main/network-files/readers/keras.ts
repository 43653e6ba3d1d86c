import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { isHdf5, Unreadable } from '../keras/hdf5-file.ts';
import { isKerasArchive, readKerasArchive } from '../keras/keras-archive.ts';
import { readNamedWeights } from '../keras/named-weights.ts';
import { defineReader } from './reader.ts';

/** `model.save` of Keras: a zip (`.keras`), or HDF5 as older versions and Keras applications have it. */
export const keras = defineReader({
  title: 'Keras',
  endings: ['.keras', '.h5'],
  recognizes: (bytes) => isHdf5(bytes) || isKerasArchive(bytes),
  read(bytes, file) {
    try {
      const model = isHdf5(bytes) ? readNamedWeights(bytes) : readKerasArchive(bytes);
      return { ...model, ordered: true, described: null };
    } catch (error) {
      const why = error instanceof Unreadable ? error.message : 'it is truncated or damaged';
      throw new Problem('data-invalid', `${file} is no Keras model that can be read: ${why}.`, {
        cause: error,
      });
    }
  },
});
