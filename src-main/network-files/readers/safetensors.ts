import { networkMetadataSchema } from '../../checkpoints/network-checkpoint.ts';
import { parseSafetensors } from '../../checkpoints/safetensors.ts';
import { defineReader } from './reader.ts';

const LENGTH_BYTES = 8;

/** safetensors, also Kindling's own checkpoints. Its header may list the tensors in any order. */
export const safetensors = defineReader({
  title: 'safetensors',
  endings: ['.safetensors'],
  recognizes: (bytes) => bytes[LENGTH_BYTES] === 0x7b,
  read(bytes, file) {
    const { tensors, metadata } = parseSafetensors(bytes, file);
    const described = networkMetadataSchema.safeParse(metadata);
    return { tensors, ordered: false, described: described.success ? described.data : null };
  },
});
