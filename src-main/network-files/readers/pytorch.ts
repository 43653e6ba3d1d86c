import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { isKerasArchive } from '../keras/keras-archive.ts';
import { Refused } from '../pytorch/pickle-machine.ts';
import { isLegacyTorchFile, readLegacyTorchFile, readTorchFile } from '../pytorch/torch-file.ts';
import { defineReader } from './reader.ts';

/** `torch.save` of a state dictionary, also inside another dictionary. */
export const pytorch = defineReader({
  title: 'PyTorch',
  endings: ['.pt', '.pth'],
  recognizes: (bytes) => (isZip(bytes) && !isKerasArchive(bytes)) || isPickle(bytes),
  read(bytes, file) {
    try {
      return { tensors: tensorsIn(bytes), program: null, ordered: true, described: null };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Problem('data-invalid', `${file} is no file of weights that can be read: ${error.message}.`, {
        cause: error,
      });
    }
  },
});

/** @throws Refused */
function tensorsIn(bytes: Uint8Array): NamedTensor[] {
  if (isZip(bytes)) return readTorchFile(bytes);
  if (isLegacyTorchFile(bytes)) return readLegacyTorchFile(bytes);
  const what = isPickle(bytes)
    ? 'it is a pickle that torch.save did not write'
    : 'torch.save did not write it';
  throw new Refused(`${what}; save the weights by torch.save(model.state_dict(), FILE)`);
}

function isZip([first, second]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b;
}

/** Of protocol 2 or later. */
function isPickle([first, second = 0]: Uint8Array): boolean {
  return first === 0x80 && second >= 2 && second <= 5;
}
