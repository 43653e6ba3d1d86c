import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { boundsOf, tInterval } from '../../../src-shared/statistics/interval.ts';
import { layerResult } from '../layer-result.ts';
import { alignments, kernelFeatures, type KernelFeatures } from '../measures/centered-kernel-alignment.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { SimilarityAcrossSettings } from '../methods/similarity-across.ts';
import type { FeatureWeights, Subject } from '../subject.ts';

/** Computes `similarityAcrossMethod`. */
export async function computeSimilarityAcross(
  subject: Subject,
  settings: SimilarityAcrossSettings,
  { progress, pause, peer }: MethodControl,
): Promise<MethodOutput> {
  const [cells, seeds] = [idsIn(settings.cells), idsIn(settings.seeds)];
  const read = async (
    from: Subject,
    weights: FeatureWeights,
  ): Promise<ReadonlyMap<string, KernelFeatures>> => {
    const features = await from.features(weights, settings.images, 'average');
    return new Map(features.map((each) => [each.layer, kernelFeatures(each)]));
  };
  const own = {
    trained: await read(subject, 'trained'),
    untrained: cells.length > 0 ? await read(subject, 'untrained') : new Map<string, KernelFeatures>(),
  };
  const steps = seeds.length + 2 * cells.length;
  let done = 0;
  const compare = async (run: string, weights: FeatureWeights): Promise<Alignments> => {
    const theirs = await read(peer(run), weights);
    await pause();
    const found = alignmentsByName(own[weights], theirs);
    progress(++done / steps);
    return found;
  };
  const toSeeds: Alignments[] = [];
  for (const run of seeds) toSeeds.push(await compare(run, 'trained'));
  const shared = { method: 'similarity-across', settings };
  const results: AnalysisResult[] = subject.layers.map((layer) => {
    const values = toSeeds.map((found) => found.get(layer.name) ?? null).filter((value) => value !== null);
    const found = tInterval(values);
    return layerResult(layer, {
      ...shared,
      measure: 'cka to other seeds',
      value: found.mean,
      interval: boundsOf(found),
    });
  });
  const ofSeeds = new Map(results.map(({ layer, value }) => [layer, value]));
  for (const run of cells) {
    const trained = await compare(run, 'trained');
    const untrained = await compare(run, 'untrained');
    for (const layer of subject.layers) {
      if (!trained.has(layer.name)) continue;
      results.push(
        layerResult(layer, {
          ...shared,
          measure: 'cka',
          value: trained.get(layer.name) ?? null,
          other: { run, layer: layer.name },
          baselines: {
            untrained: untrained.get(layer.name) ?? null,
            'other seeds': ofSeeds.get(layer.name) ?? null,
          },
        }),
      );
    }
  }
  return { results, files: [] };
}

/** By the name of the layer, of those that both runs have. */
type Alignments = ReadonlyMap<string, number | null>;

function alignmentsByName(
  mine: ReadonlyMap<string, KernelFeatures>,
  theirs: ReadonlyMap<string, KernelFeatures>,
): Alignments {
  const found = new Map<string, number | null>();
  for (const [name, one] of mine) {
    const other = theirs.get(name);
    if (other !== undefined) found.set(name, alignments(one, [other])[0] ?? null);
  }
  return found;
}

function idsIn(text: string): string[] {
  return text.split(' ').filter((id) => id !== '');
}
