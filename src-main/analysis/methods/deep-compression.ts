import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import type { Layer, Role } from '../../../src-shared/networks/graph.ts';
import { mean } from '../../../src-shared/statistics/interval.ts';
import { compressNetwork } from '../../compression/compress-network.ts';
import { isCompressed, weightsOf } from '../../compression/compressed-network.ts';
import { decodeNetwork } from '../../compression/decode-network.ts';
import { encodeNetwork } from '../../compression/encode-network.ts';
import { pruneWeights } from '../../compression/prune-weights.ts';
import { COMPONENTS, layerBytes, type LayerBytes, totalBytes } from '../../compression/stage-bytes.ts';
import { type Place, placeResult } from '../compression/place-result.ts';
import { retrainPruned } from '../compression/retrain-pruned.ts';
import { scoreVariants } from '../compression/score-variants.ts';
import { pairedEffects } from '../lesions/paired-effect.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import type { Subject, WeightValues } from '../subject.ts';

const bitsSetting = z.int().min(2).max(8);
const roleBits = bitsSetting.nullable().default(null);

const settings = z.object({
  images: imagesSetting,
  /** A kernel's weights up to so many of its standard deviations are pruned. */
  quality: z.number().min(0).max(10).default(1),
  retrainEpochs: z.int().min(0).max(1000).default(2),
  retrainImages: z.int().min(20).max(1_000_000).default(4000),
  /** First learning rate of the retraining as a share of the run's own. */
  retrainRate: z.number().positive().max(10).default(0.1),
  /** Bits of a shared weight, where those of its role are null. */
  bits: bitsSetting.default(6),
  stemBits: roleBits,
  squeezeBits: roleBits,
  expand1x1Bits: roleBits,
  expand3x3Bits: roleBits,
  depthwiseBits: roleBits,
  pointwiseBits: roleBits,
  classifierBits: roleBits,
  /** Bits of the number of zeros between two kept weights. */
  indexBits: z.int().min(1).max(8).default(4),
});

type Settings = z.output<typeof settings>;

/** The settings that hold the bits of one role. */
type BitsField = Exclude<Extract<keyof Settings, `${string}Bits`>, 'indexBits'>;

const ROLE_BITS: Partial<Record<Role, BitsField>> = {
  stem: 'stemBits',
  squeeze: 'squeezeBits',
  'expand 1x1': 'expand1x1Bits',
  'expand 3x3': 'expand3x3Bits',
  depthwise: 'depthwiseBits',
  pointwise: 'pointwiseBits',
  classifier: 'classifierBits',
};

const STAGES = [
  { name: 'pruned', title: 'pruned' },
  { name: 'retrained', title: 'pruned and retrained' },
  { name: 'shared', title: 'pruned, retrained and shared' },
] as const;
type StageName = (typeof STAGES)[number]['name'];

const SIZES = [
  { name: 'bytes-float32', title: 'As float32', of: (bytes: LayerBytes) => bytes.float32 },
  { name: 'bytes-pruned', title: 'Pruned', of: (bytes: LayerBytes) => bytes.pruned },
  { name: 'bytes-shared', title: 'Shared', of: (bytes: LayerBytes) => bytes.shared },
  { name: 'bytes-coded', title: 'Huffman-coded', of: (bytes: LayerBytes) => bytes.coded },
  ...COMPONENTS.map(({ name, title }) => ({
    name: `bytes-of-${name}`,
    title: `Huffman-coded: ${title}`,
    of: ({ components }: LayerBytes) => components[name],
  })),
] as const;

/** How small a trained network can be made, and at what loss: docs/analysis/deep-compression.md. */
export const deepCompressionMethod = defineMethod({
  name: 'deep-compression',
  title: 'Deep Compression',
  family: 'compression',
  about:
    'How small the network becomes when it is pruned, shares its weights and is Huffman-coded, and what it loses.',
  measures: [
    ...STAGES.flatMap(({ name, title }) => [
      {
        name: `accuracy-${name}`,
        title: `Accuracy, ${title}`,
        kind: 'share' as const,
        axis: 'test accuracy',
      },
      {
        name: `accuracy-lost-${name}`,
        title: `Accuracy lost, ${title}`,
        kind: 'share' as const,
        axis: 'accuracy lost',
      },
    ]),
    { name: 'kept', title: 'Weights kept', kind: 'share', axis: 'share of the weights that are not zero' },
    { name: 'ratio', title: 'Compression', kind: 'number', axis: 'float32 bytes / coded bytes' },
    ...SIZES.map(({ name, title }) => ({
      name,
      title: `Bytes: ${title}`,
      kind: 'bytes' as const,
      axis: 'bytes',
    })),
  ],
  settings,
  async run(subject, chosen, { progress, pause }) {
    const { graph } = subject;
    const trained = subject.weights('last');
    const pruned = prune(subject, trained, chosen.quality);
    const { retrainEpochs: epochs, retrainImages, retrainRate: rate } = chosen;
    const retraining = { epochs, images: retrainImages, rate };
    const retrained =
      epochs === 0
        ? null
        : await retrainPruned(subject, pruned, retraining, {
            progress: (share) => progress(0.8 * share),
            pause,
          });
    const codeBits = (layer: Layer): number => {
      const field = ROLE_BITS[layer.role];
      return (field === undefined ? null : chosen[field]) ?? chosen.bits;
    };
    const network = compressNetwork(graph, retrained ?? pruned, { codeBits, indexBits: chosen.indexBits });
    const encoded = encodeNetwork(graph, network);
    // What is scored is what the bytes give back.
    const decoded = decodeNetwork(graph, encoded.bytes);
    const variants: (readonly [StageName, WeightValues])[] = [
      ['pruned', pruned],
      ...(retrained === null ? [] : [['retrained', retrained] as const]),
      ['shared', decoded],
    ];
    const { intact, changed } = await scoreVariants(
      subject,
      variants.map(([, values]) => values),
      chosen.images,
      { progress: (share) => progress((epochs === 0 ? 0 : 0.8) + (epochs === 0 ? 1 : 0.2) * share), pause },
    );
    const results: AnalysisResult[] = variants.flatMap(([stage], index) => {
      const scores = changed[index];
      if (scores === undefined) throw new Error(`the network was not scored ${stage}`);
      const common = { method: 'deep-compression', settings: { images: scores.correct.length } };
      const { accuracyLost } = pairedEffects(intact, scores);
      const baselines = { trained: mean([...intact.correct]) };
      const value = mean([...scores.correct]);
      return [
        placeResult(null, { ...common, measure: `accuracy-${stage}`, value, baselines }),
        placeResult(null, { ...common, measure: `accuracy-lost-${stage}`, ...accuracyLost }),
      ];
    });
    const layers = layerBytes(graph, network, encoded, codeBits);
    for (const [place, bytes] of [
      [null, totalBytes(layers)] as const,
      ...layers.map((each) => [each.layer, each] as const),
    ])
      results.push(...sizeResults(place, bytes));
    return { results, files: [] };
  },
});

function sizeResults(place: Place, bytes: LayerBytes): AnalysisResult[] {
  const method = 'deep-compression';
  return [
    placeResult(place, { method, measure: 'kept', value: bytes.kept / bytes.weights }),
    placeResult(place, { method, measure: 'ratio', value: bytes.float32 / bytes.coded }),
    ...SIZES.map(({ name, of }) => placeResult(place, { method, measure: name, value: of(bytes) })),
  ];
}

/** All weights, the kernels pruned. */
function prune({ graph }: Subject, weights: WeightValues, quality: number): Map<string, Float32Array> {
  return new Map(
    weightsOf(graph).map((weight) => {
      const values = weights.get(weight.name) ?? new Float32Array();
      return [weight.name, isCompressed(weight) ? pruneWeights(values, quality) : values];
    }),
  );
}
