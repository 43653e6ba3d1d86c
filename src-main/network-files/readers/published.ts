import { networkMetadataSchema } from '../../checkpoints/network-checkpoint.ts';
import { publishedCheckpoint } from '../../compression/published/published-checkpoint.ts';
import { readPublishedNetwork } from '../../compression/published/published-network.ts';
import { defineReader } from './reader.ts';

/** Its 26 layers store so many weights at most, and each some. */
const [COUNTS, MOST_WEIGHTS] = [26, 1_000_000];

/** The compressed SqueezeNet v1.0 of its authors. It begins with the numbers of weights that its layers store. */
export const published = defineReader({
  title: 'the published compressed SqueezeNet',
  endings: ['.net'],
  recognizes: (bytes) =>
    bytes.length >= 4 * COUNTS &&
    new Uint32Array(Uint8Array.from(bytes.subarray(0, 4 * COUNTS)).buffer).every(
      (count) => count > 0 && count < MOST_WEIGHTS,
    ),
  read(bytes, file) {
    const { tensors, metadata } = publishedCheckpoint(readPublishedNetwork(bytes, file));
    return { tensors, ordered: true, described: networkMetadataSchema.parse(metadata) };
  },
});
