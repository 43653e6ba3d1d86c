import { boundsOf, RANGES, tInterval } from '../../../../src-shared/statistics/interval.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { alignment, kernelFeatures, type KernelFeatures } from '../../measures/centered-kernel-alignment.ts';
import type { Computation } from '../../method.ts';
import { TO_CELLS, TO_CELLS_AT_SAME_SEED, TO_SEEDS, type similarityAcrossMethod } from './index.ts';
import type { Features, FeatureWeights, Subject } from '../../subject.ts';

export const compute: Computation<typeof similarityAcrossMethod> = async (
  subject,
  settings,
  { progress, pause, peer },
) => {
  const [cells, sameSeed, seeds] = [settings.cells, settings.sameSeed, settings.seeds].map(idsIn);
  if (!cells || !sameSeed || !seeds) throw new Error('a setting of runs is missing');
  const read = async (
    from: Subject,
    weights: FeatureWeights,
  ): Promise<ReadonlyMap<string, KernelFeatures>> => {
    const features = await from.features(weights, settings.images, 'average');
    return new Map(features.map((each) => [each.layer, prepared(each)]));
  };
  const comparesCells = cells.length + sameSeed.length > 0;
  const own = {
    trained: await read(subject, 'trained'),
    untrained: comparesCells ? await read(subject, 'untrained') : new Map<string, KernelFeatures>(),
  };
  const steps = seeds.length + 2 * (cells.length + sameSeed.length);
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
  const ofSeeds = subject.layers.map((layer) => {
    const values = toSeeds.map((found) => found.get(layer.name) ?? null).filter((value) => value !== null);
    const found = tInterval(values, { range: RANGES['signed share'] });
    return layerResult(layer, {
      settings,
      measure: TO_SEEDS,
      value: found.mean,
      interval: boundsOf(found),
    });
  });
  const selfSimilarity = new Map(ofSeeds.map(({ layer, value }) => [layer, value]));
  const toRun = async (
    run: string,
    measure: string,
    baselinesOf: (layer: string) => LayerResult['baselines'],
  ): Promise<LayerResult[]> => {
    const trained = await compare(run, 'trained');
    const untrained = await compare(run, 'untrained');
    return subject.layers
      .filter(({ name }) => trained.has(name))
      .map((layer) =>
        layerResult(layer, {
          ...{
            settings,
            measure,
            value: trained.get(layer.name) ?? null,
            other: { run, layer: layer.name },
          },
          baselines: { untrained: untrained.get(layer.name) ?? null, ...baselinesOf(layer.name) },
        }),
      );
  };
  const results: LayerResult[] = [];
  for (const run of cells)
    results.push(
      ...(await toRun(run, TO_CELLS, (layer) => ({ 'other seeds': selfSimilarity.get(layer) ?? null }))),
    );
  results.push(...ofSeeds);
  // to hold this against other seeds would take what the same seed shares for what the cells do
  for (const run of sameSeed) results.push(...(await toRun(run, TO_CELLS_AT_SAME_SEED, () => ({}))));
  return { results, files: [] };
};

/** A run is compared with many others while its features are remembered, so what belongs to it alone is, too. */
const PREPARED = new WeakMap<Features, KernelFeatures>();

function prepared(features: Features): KernelFeatures {
  const known = PREPARED.get(features) ?? kernelFeatures(features.read());
  PREPARED.set(features, known);
  return known;
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
    if (other !== undefined) found.set(name, alignment(one, other));
  }
  return found;
}

function idsIn(text: string): string[] {
  return text.split(' ').filter((id) => id !== '');
}
