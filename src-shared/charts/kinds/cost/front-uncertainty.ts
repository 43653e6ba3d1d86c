import { counted } from '../../../counted.ts';
import { shortCount } from '../../../numbers.ts';
import type { FrontUncertainty } from '../../../statistics/front-uncertainty.ts';
import type { HypervolumeReference } from '../../../statistics/hypervolume.ts';
import { quantityText } from '../../quantity.ts';
import type { CostData } from './data.ts';
import { areaScale, signOf } from './fronts.ts';

/** The reference as `frontUncertainty` takes it, for which large values are better. */
export function signedReference({
  reference,
  quantity,
  isLogarithmic,
}: CostData): HypervolumeReference | null {
  return reference && { cost: reference.cost, value: signOf(quantity) * reference.value, isLogarithmic };
}

/**
 * With how much fronts depend on the seeds; nothing of it where no cell has two.
 *
 * @param uncertainty of the cells that `frontCells` tells
 */
export function withUncertainty(data: CostData, uncertainty: FrontUncertainty): CostData {
  const { shares, bands, unvaried, resamples } = uncertainty;
  if (unvaried.length === data.points.length)
    return { ...data, resampled: data.points.length === 0 ? '' : 'no band: no cell has two seeds' };
  const sign = signOf(data.quantity);
  return {
    ...data,
    points: data.points.map((point) => ({ ...point, frontShare: shares.get(point.cell) ?? null })),
    fronts: data.fronts.map((front) => {
      const band = bands.find(({ set }) => set === front.set);
      const volume = band?.hypervolume;
      return {
        ...front,
        band: (band?.points ?? []).map(({ cost, low, high }) => ({
          cost,
          ...(sign > 0 ? { low, high } : { low: -high, high: -low }),
        })),
        hypervolume:
          front.hypervolume && volume
            ? {
                ...front.hypervolume,
                ...{ low: volume.low * areaScale(data), high: volume.high * areaScale(data) },
                largest: volume.largest,
              }
            : front.hypervolume,
      };
    }),
    resampled: [
      `band: middle 95\u00a0% of ${counted(resamples, 'resample')} of the seeds, a lower bound of the uncertainty`,
      unvaried.length === 0 ? '' : `${counted(unvaried.length, 'cell')} with one seed cannot vary in it`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  };
}

/** What is to be said of the fronts besides their marks. */
export function frontNotes(
  data: CostData,
  look: { readonly front: boolean; readonly band: boolean },
): string[] {
  if (!look.front) return [];
  return [look.band ? data.resampled : '', hypervolumeNote(data)].filter((note) => note !== '');
}

/** `hypervolumes from 2 M, 50.0 (decades × test accuracy (%)): none 12.1 (11.8 to 12.3), simple …`; empty without. */
function hypervolumeNote({ fronts, reference, cost, quantity, isLogarithmic }: CostData): string {
  if (!reference) return '';
  const told = fronts.map(({ set, hypervolume: volume }) => {
    if (!volume) return set;
    const { value, low, high } = volume;
    const range = low === null || high === null ? '' : ` (${shortCount(low)} to ${shortCount(high)})`;
    return `${set}: ${shortCount(value)}${range}`;
  });
  const unit = `${isLogarithmic ? 'decades' : cost.axis} × ${quantity.axis}`;
  return `hypervolumes from ${quantityText(cost, reference.cost)}, ${quantityText(quantity, reference.value)} in ${unit}: ${told.join(', ')}`;
}
