import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { compressNetwork } from '../../../compression/compress-network.ts';
import { isCompressed, weightsOf } from '../../../compression/compressed-network.ts';
import { decodeNetwork } from '../../../compression/decode-network.ts';
import { encodeNetwork } from '../../../compression/encode-network.ts';
import { keepLargest, pruneWeights } from '../../../compression/prune-weights.ts';
import { layerBytes, type LayerBytes, totalBytes } from '../../../compression/stage-bytes.ts';
import { retrainPruned } from './retrain-pruned.ts';
import { scoreVariants } from '../../compression/score-variants.ts';
import { layerResult, type Place, type LayerResult } from '../../layer-result.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import type { Computation, MethodControl, SettingsOf } from '../../method.ts';
import { SIZES, type STAGES, type deepCompressionMethod } from './index.ts';
import type { Subject, WeightValues } from '../../subject.ts';

type Settings = SettingsOf<typeof deepCompressionMethod>;

/** The settings that hold the bits of one role. */
type BitsField = Exclude<Extract<keyof Settings, `${string}Bits`>, 'indexBits'>;

const ROLE_BITS: Readonly<Record<string, BitsField>> = {
  stem: 'stemBits',
  squeeze: 'squeezeBits',
  'expand 1x1': 'expand1x1Bits',
  'expand 3x3': 'expand3x3Bits',
  depthwise: 'depthwiseBits',
  pointwise: 'pointwiseBits',
  classifier: 'classifierBits',
};

type StageName = (typeof STAGES)[number]['name'];

export const compute: Computation<typeof deepCompressionMethod> = async (
  subject,
  chosen,
  { progress, pause },
) => {
  const { graph } = subject;
  const trained = subject.weights('last');
  const pruned = prune(subject, trained, chosen.quality);
  const { retrainEpochs: epochs } = chosen;
  const retrained =
    epochs === 0
      ? null
      : await retrainInRounds(subject, pruned, chosen, {
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
  const results: LayerResult[] = variants.flatMap(([stage], index) => {
    const scores = changed[index];
    if (scores === undefined) throw new Error(`the network was not scored ${stage}`);
    const common = { settings: { images: scores.correct.length } };
    const { accuracyLost } = pairedEffects(intact, scores);
    const baselines = { trained: mean([...intact.correct]) };
    const value = mean([...scores.correct]);
    return [
      layerResult(null, { ...common, measure: `accuracy-${stage}`, value, baselines }),
      layerResult(null, { ...common, measure: `accuracy-lost-${stage}`, ...accuracyLost }),
    ];
  });
  const layers = layerBytes(graph, network, encoded, codeBits);
  for (const [place, bytes] of [
    [null, totalBytes(layers)] as const,
    ...layers.map((each) => [each.layer, each] as const),
  ])
    results.push(...sizeResults(place, bytes));
  return { results, files: [] };
};

function sizeResults(place: Place, bytes: LayerBytes): LayerResult[] {
  return [
    layerResult(place, { measure: 'kept', value: bytes.kept / bytes.weights }),
    layerResult(place, { measure: 'ratio', value: bytes.float32 / bytes.coded }),
    ...SIZES.map(({ name, of }) => layerResult(place, { measure: name, value: of(bytes) })),
  ];
}

/**
 * Prunes and retrains in turn, from the trained weights on. The share of a kernel's weights that is kept falls by the
 * same factor each time, to that of `pruned`.
 */
async function retrainInRounds(
  subject: Subject,
  pruned: WeightValues,
  { rounds, retrainEpochs: epochs, retrainImages: images, retrainRate: rate }: Settings,
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<WeightValues> {
  let weights = subject.weights('last');
  for (let round = 1; round <= rounds; round++) {
    const sparse = new Map(
      weightsOf(subject.graph).map((weight) => {
        const values = weights.get(weight.name) ?? new Float32Array();
        if (!isCompressed(weight)) return [weight.name, values];
        const kept =
          (pruned.get(weight.name) ?? values).filter((value) => value !== 0).length / values.length;
        return [weight.name, keepLargest(values, Math.round(values.length * kept ** (round / rounds)))];
      }),
    );
    weights = await retrainPruned(
      subject,
      sparse,
      { epochs, images, rate },
      {
        progress: (share) => progress((round - 1 + share) / rounds),
        pause,
      },
    );
  }
  return weights;
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
