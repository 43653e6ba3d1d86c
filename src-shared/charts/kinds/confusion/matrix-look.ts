import { extent } from 'd3-array';
import { fixed, signedDifference } from '../../../numbers.ts';
import type { ColourScale } from '../../colour-bar.ts';
import { AROUND_ZERO, type ColourChoice, colourAmong, mapStops } from '../../palette.ts';
import { niceRange, niceStep, steppedTicks, stepText } from '../../ticks.ts';
import type { ConfusionData } from './data.ts';

/** How the values of matrices are shown. */
export interface MatrixLook {
  /** In percent, or in points. */
  readonly scale: ColourScale;
  readonly stops: readonly string[];
  /** From 0 to 1 in the scale. */
  readonly position: (share: number) => number;
  readonly colour: (share: number) => string;
  /** What a square says, without its unit; empty for nothing. @param decimals that there is room for */
  readonly text: (share: number, decimals: number) => string;
}

/** What the colours mean, in less and less room. */
const SHARE_TITLES = ['share of the true class (%)', 'share (%)', '%'];
const DIFFERENCE_TITLES = ['difference (points)', 'points'];
/** In points: so much of the scale is there even where nothing differs. */
const LEAST_DIFFERENCE = 0.5;

/** @param isHigh whether the scale has room for many ticks */
export function matrixLook(
  { panels, difference }: Pick<ConfusionData, 'panels' | 'difference'>,
  choice: ColourChoice,
  isHigh = true,
): MatrixLook {
  const scale =
    difference === null ? shareScale(isHigh) : differenceScale(panels.flatMap(({ shares }) => shares.flat()));
  const stops = scale.stops ?? mapStops(choice);
  const position = (share: number): number => (100 * share - scale.low) / (scale.high - scale.low);
  return {
    ...{ scale, stops, position },
    colour: (share) => colourAmong(stops, position(share)),
    text: (share, decimals) => {
      const size = 100 * Math.abs(share);
      if (difference === null) return share === 0 ? '' : fixed(size, decimals);
      // differences are small, and what rounds to nothing has no sign
      const text = fixed(size, size < 10 ? 1 : decimals);
      return Number(text) === 0 ? '' : signedDifference(share, () => text);
    },
  };
}

function shareScale(isHigh: boolean): ColourScale {
  const ticks = isHigh ? [0, 20, 40, 60, 80, 100] : [0, 50, 100];
  return { titles: SHARE_TITLES, low: 0, high: 100, ticks, text: String };
}

/** Zero in its middle. */
function differenceScale(differences: readonly (number | null)[]): ColourScale {
  const [least = 0, most = 0] = extent(differences, (value) => value ?? 0);
  const largest = Math.max(LEAST_DIFFERENCE, 100 * Math.max(-least, most));
  const step = niceStep(largest, 2);
  const [low, high] = niceRange(-largest, largest, step);
  const text = stepText(step);
  return {
    ...{ titles: DIFFERENCE_TITLES, low, high, ticks: steppedTicks(low, high, step) },
    ...{ stops: AROUND_ZERO, text: (value) => signedDifference(value, text) || '0' },
  };
}
