import type { LayerResult } from '../../layer-result.ts';
import { Problem } from '../../../../src-shared/mistakes/problem.ts';
import { effectResults } from '../../lesions/effect-results.ts';
import { averagedEffects } from '../../lesions/paired-effect.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import { weightChange } from '../../lesions/weight-change.ts';
import type { Computation } from '../../method.ts';
import type { reinitializationMethod } from './index.ts';
import type { Subject, WeightValues } from '../../subject.ts';

/** Weights to which layers go back, by the measures' names; several where they are drawn. */
type Origins = ReadonlyMap<string, readonly WeightValues[]>;

export const compute: Computation<typeof reinitializationMethod> = async (
  subject,
  { images, draws },
  control,
) => {
  const origins = originsOf(subject, draws);
  const layers = subject.graph.layers.filter(({ weights }) => weights.length > 0);
  const returns = layers.flatMap((layer) =>
    [...origins].map(([kind, sources]) => ({
      layer,
      kind,
      // all of the layer's weights, the moving statistics of its batch norm among them
      changes: sources.map((values) => weightChange({ layers: [layer] }, values)),
    })),
  );
  const set = subject.evaluationSet(images);
  const settings = { images: set.count, draws, batchNorm: 'part of the layer' };
  const network = { graph: subject.graph, weights: subject.weights('last') };
  const all = returns.flatMap(({ changes }) => changes);
  const { intact, changed } = await scoreNetwork(subject, network, set, all, control);
  const results: LayerResult[] = [];
  let from = 0;
  for (const { layer, kind, changes } of returns) {
    const effects = averagedEffects(intact, changed.slice(from, from + changes.length));
    results.push(...effectResults(layer, { settings }, effects, kind));
    from += changes.length;
  }
  return { results, files: [] };
};

function originsOf(subject: Subject, draws: number): Origins {
  const origins = new Map<string, WeightValues[]>();
  for (const kind of ['initial', 'best'] as const) {
    const values = checkpointIfKept(subject, kind);
    if (values !== null) origins.set(kind, [values]);
  }
  const fresh = Array.from({ length: draws }, (_, draw) => subject.freshWeights(draw));
  return origins.set('fresh', fresh);
}

function checkpointIfKept(subject: Subject, kind: 'initial' | 'best'): WeightValues | null {
  try {
    return subject.weights(kind);
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return null;
    throw error;
  }
}
