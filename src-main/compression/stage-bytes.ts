import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import { type CompressedNetwork, isCompressed } from './compressed-network.ts';
import type { EncodedBytes, EncodedNetwork } from './encode-network.ts';

const FLOAT_BYTES = 4;

/** The components of the encoded network; biases and batch norm are both floats of `EncodedBytes`. */
export const COMPONENTS = [
  { name: 'headers', title: 'headers' },
  { name: 'codebooks', title: 'codebooks' },
  { name: 'tables', title: 'Huffman tables' },
  { name: 'values', title: 'values' },
  { name: 'indices', title: 'indices' },
  { name: 'biases', title: 'biases' },
  { name: 'batch-norm', title: 'batch norm' },
] as const;
export type Component = (typeof COMPONENTS)[number]['name'];

/** Bytes of a layer, or of the network, after each stage. */
export interface LayerBytes {
  /** Weights of kernels, and those of them that are not zero. */
  readonly weights: number;
  readonly kept: number;
  /** All values, as a checkpoint holds them. */
  readonly float32: number;
  /** Kept weights (and fillers) as float32, gaps at their bits, biases and batch norm. */
  readonly pruned: number;
  /** Codes at their bits in place of the weights, and a full codebook. */
  readonly shared: number;
  /** As encoded: the sum of the components. */
  readonly coded: number;
  readonly components: Readonly<Record<Component, number>>;
}

/** What each layer that has weights takes; bits are summed over a kernel and rounded up to bytes. */
export function layerBytes(
  graph: Graph,
  network: CompressedNetwork,
  encoded: EncodedNetwork,
  codeBits: (layer: Layer) => number,
): (LayerBytes & { readonly layer: Layer })[] {
  const bytesOf = new Map(encoded.weights.map(({ weight, bytes }) => [weight.name, bytes]));
  return graph.layers
    .filter((layer) => layer.weights.length > 0)
    .map((layer) => {
      let [weights, kept, float32, pruned, shared] = [0, 0, 0, 0, 0];
      const components = emptyComponents();
      for (const weight of layer.weights) {
        const size = weightSize(weight);
        const bytes = bytesOf.get(weight.name);
        const kernel = network.kernels.get(weight.name);
        if (bytes === undefined) throw new Error(`${weight.name} was not encoded`);
        add(components, bytes, weight.kind === 'bias' ? 'biases' : 'batch-norm');
        float32 += FLOAT_BYTES * size;
        if (kernel === undefined || !isCompressed(weight)) {
          pruned += FLOAT_BYTES * size;
          shared += FLOAT_BYTES * size;
          continue;
        }
        const entries = kernel.codes.length;
        const bits = codeBits(layer);
        weights += size;
        kept += kernel.codes.reduce((count, code) => count + (code === 0 ? 0 : 1), 0);
        pruned += FLOAT_BYTES * entries + Math.ceil((entries * kernel.indexBits) / 8);
        shared +=
          FLOAT_BYTES * 2 ** bits +
          Math.ceil((entries * bits) / 8) +
          Math.ceil((entries * kernel.indexBits) / 8);
      }
      const coded = Object.values(components).reduce((sum, each) => sum + each, 0);
      return { layer, weights, kept, float32, pruned, shared, coded, components };
    });
}

/** The sums over all layers. */
export function totalBytes(layers: readonly LayerBytes[]): LayerBytes {
  const total = (of: (layer: LayerBytes) => number): number =>
    layers.reduce((sum, layer) => sum + of(layer), 0);
  const components = emptyComponents();
  for (const { name } of COMPONENTS) components[name] = total((layer) => layer.components[name]);
  return {
    weights: total(({ weights }) => weights),
    kept: total(({ kept }) => kept),
    float32: total(({ float32 }) => float32),
    pruned: total(({ pruned }) => pruned),
    shared: total(({ shared }) => shared),
    coded: total(({ coded }) => coded),
    components,
  };
}

function emptyComponents(): Record<Component, number> {
  return { headers: 0, codebooks: 0, tables: 0, values: 0, indices: 0, biases: 0, 'batch-norm': 0 };
}

function add(components: Record<Component, number>, bytes: EncodedBytes, floats: Component): void {
  components.headers += bytes.header;
  components.codebooks += bytes.codebook;
  components.tables += bytes.tables;
  components.values += bytes.codes;
  components.indices += bytes.gaps;
  components[floats] += bytes.floats;
}
