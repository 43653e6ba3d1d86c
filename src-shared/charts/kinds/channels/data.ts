import type { Analysis, AnalysisResult } from '../../../analysis/analysis-result.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { counted } from '../../../counted.ts';
import { type CellTable, countedRuns } from '../../cells/measured-cell.ts';
import { analysedRuns } from '../../layers/analysed-runs.ts';
import { type LayerMeasure, measureQuantity } from '../../layers/layer-measure.ts';
import type { Quantity } from '../../quantity.ts';

/** What a method found of one channel. */
export interface ChannelBar extends Pick<AnalysisResult, 'value' | 'interval' | 'baselines'> {
  /** Counted from 0. */
  readonly channel: number;
}

/** A measure of the channels of one layer of one run. */
export interface ChannelsData {
  readonly quantity: Quantity;
  readonly layer: string;
  /** The greatest first; those of which it is not defined last. */
  readonly channels: readonly ChannelBar[];
}

/** @param results of which those of channels are shown: numbers of the measure about the layer. */
function channelsData(results: readonly AnalysisResult[], chosen: LayerMeasure, layer: string): ChannelsData {
  const channels = results.flatMap(({ channel, value, interval, baselines }) =>
    channel === null ? [] : [{ channel, value, interval, baselines }],
  );
  const rank = ({ value }: ChannelBar): number => value ?? -Infinity;
  return {
    quantity: measureQuantity(chosen),
    layer,
    channels: channels.toSorted((one, other) => rank(other) - rank(one) || one.channel - other.channel),
  };
}

/**
 * The channels of a layer of the one run of the table: those of two trainings have nothing to do with each other.
 *
 * @throws Problem `usage` for several runs, where nothing is known of the run, or for a layer without such numbers.
 */
export function channelsOfRun(
  table: CellTable,
  analyses: readonly Analysis[],
  chosen: LayerMeasure,
  layer: string,
): ChannelsData {
  const runs = countedRuns(table);
  if (runs.length > 1) {
    throw new Problem(
      'usage',
      `Channels of different trainings do not correspond: choose one run, not ${counted(runs.length, 'run')}.`,
    );
  }
  const { method, measure } = chosen;
  const { byRun } = analysedRuns(table, analyses, method.name, measure.title);
  const all = [...byRun.values()]
    .flatMap(({ results }) => results)
    .filter((result) => result.measure === measure.name && result.channel !== null);
  const own = all.filter((result) => result.layer === layer);
  if (own.length === 0) {
    const known = [...new Set(all.map((result) => result.layer ?? ''))].join(', ');
    throw new Problem(
      'usage',
      `"${measure.title}" has no values for channels of layer ${JSON.stringify(layer)}; it has values for ${known}.`,
    );
  }
  return channelsData(own, chosen, layer);
}
