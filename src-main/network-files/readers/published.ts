import { weightsOf } from '../../compression/compressed-network.ts';
import {
  PUBLISHED_DESCRIPTION,
  PUBLISHED_NORMALIZATION,
  readPublishedNetwork,
} from '../../compression/published/published-network.ts';
import { defineReader } from './reader.ts';

/** Its 26 layers store so many weights at most, and each some. */
const [COUNTS, MOST_WEIGHTS] = [26, 1_000_000];

/** The side of the square of which the authors cut out the middle 227 pixels. */
const SHORT_SIDE = 256;

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
    const { graph, weights } = readPublishedNetwork(bytes, file);
    const tensors = weightsOf(graph).map(({ name, shape }) => {
      const values = weights.get(name);
      if (values === undefined) throw new Error(`no values of ${name}`);
      return { name, shape, values };
    });
    const network = PUBLISHED_DESCRIPTION;
    const described = {
      network,
      input: graph.input,
      classes: null,
      ...PUBLISHED_NORMALIZATION,
      shortSide: SHORT_SIDE,
    };
    return { tensors, program: null, ordered: true, described };
  },
});
