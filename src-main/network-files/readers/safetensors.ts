import { parseSafetensors } from '../../checkpoints/safetensors.ts';
import { describedByMetadata } from './described-by-metadata.ts';
import { defineReader } from './reader.ts';

const LENGTH_BYTES = 8;

/** safetensors, also Kindling's own checkpoints. Its header may list the tensors in any order. */
export const safetensors = defineReader({
  title: 'safetensors',
  endings: ['.safetensors'],
  recognizes: (bytes) => bytes[LENGTH_BYTES] === 0x7b,
  read(bytes, file) {
    const { tensors, metadata } = parseSafetensors(bytes, file);
    return { tensors, program: null, ordered: false, described: describedByMetadata(metadata) };
  },
});
