import { eachLayer, type LayerFeatures } from '../../each-layer.ts';
import { layerResult } from '../../layer-result.ts';
import {
  carryingCount,
  channelEnergies,
  type EnergyCurve,
  energyCurve,
} from '../../measures/channel-energy.ts';
import type { Computation } from '../../method.ts';
import type { FeatureWeights } from '../../subject.ts';
import { poolingOf } from '../../windows/pooling-of.ts';
import { channelWeights } from './channel-weights.ts';
import type { channelEnergyMethod } from './index.ts';
import { toldResults } from '../../told-results.ts';

/** Share of the time that the gradients take, for the progress. */
const GRADIENTS = 0.9;

export const compute: Computation<typeof channelEnergyMethod> = async (subject, settings, control) => {
  const { images, share, gradients } = settings;
  const isWeighted = gradients !== 'none';
  const weights = isWeighted
    ? await channelWeights(subject, { ...settings, gradients }, (done) => {
        control.progress(GRADIENTS * done);
        return control.pause();
      })
    : null;
  const told = toldResults(control);
  const count = (curve: EnergyCurve | null): number | null =>
    curve === null ? null : carryingCount(curve, share);
  const visit = ({ layer, ...features }: LayerFeatures): void => {
    const channels = layer.output[2];
    const curveOf = (whose: FeatureWeights): EnergyCurve | null =>
      energyCurve(channelEnergies(features[whose], channels, weights?.[whose].get(layer.name)));
    const [trained, untrained] = [curveOf('trained'), curveOf('untrained')];
    const [after, before] = [count(trained), count(untrained)];
    const of = (number: number | null): number | null => (number === null ? null : number / channels);
    told.push(
      layerResult(layer, {
        ...{ measure: 'carrying share', settings, value: of(after) },
        baselines: { untrained: of(before) },
      }),
      layerResult(layer, {
        ...{ measure: 'carrying channels', settings, value: after },
        baselines: { untrained: before },
      }),
    );
    for (const [rank, channel] of (trained?.channels ?? []).entries()) {
      const cumulated = trained?.cumulated[rank] ?? NaN;
      const own = cumulated - (rank === 0 ? 0 : (trained?.cumulated[rank - 1] ?? NaN));
      told.push(
        layerResult(layer, { measure: 'energy share', channel, settings, value: own }),
        layerResult(layer, {
          ...{ measure: 'cumulated share', channel, settings, value: cumulated },
          baselines: { untrained: untrained?.cumulated[rank] ?? null },
        }),
      );
    }
  };
  const pooling = await poolingOf(subject, settings, control.pause);
  const before = isWeighted ? GRADIENTS : 0;
  const progress = (done: number): void => control.progress(before + (1 - before) * done);
  await eachLayer(subject, images, { ...control, progress }, visit, pooling);
  return { results: told.results, files: [] };
};
