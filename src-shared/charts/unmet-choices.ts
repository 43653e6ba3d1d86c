import type { AxisRange, ChartOption, ChartStyle } from './chart-style.ts';
import { type DrawnAxis, drawnAxis, isOfNumbers } from './drawn-axis.ts';

const SIDES = ['x', 'y'] as const;

/** What of the style a chart cannot show, in sentences. @param option the chart in this style */
export function unmetChoices(style: ChartStyle, option: ChartOption): string[] {
  return SIDES.flatMap((side) => {
    const { scale, limits, isReversed } = style[`${side}Axis`] ?? {};
    const axis = drawnAxis(option, side);
    const keeps = isReversed && axis?.inverse !== true ? [`The ${side} axis cannot be reversed here.`] : [];
    if (!axis || !isOfNumbers(axis)) {
      const { isScaled, whyUnscaled } = axis?.drawn ?? {};
      const isAsked = (scale !== undefined && !isScaled) || limits !== undefined;
      const why = limits === undefined ? whyUnscaled : undefined;
      return [
        ...keeps,
        ...(isAsked
          ? [why ?? `The ${side} axis is not one of numbers: it takes no scale and no limits.`]
          : []),
      ];
    }
    return [
      ...keeps,
      ...(scale === 'log' && axis.type !== 'log'
        ? [`The ${side} axis shows 0 or less, so it cannot be logarithmic.`]
        : []),
      ...(limits && !areShown(limits, axis)
        ? [`The ${side} axis is logarithmic: its limits must be above 0.`]
        : []),
    ];
  });
}

/** What has to be said of a chart whose axes have limits. */
export function limitNotes(style: ChartStyle, option: ChartOption): string[] {
  return SIDES.flatMap((side) => {
    const { limits } = style[`${side}Axis`] ?? {};
    const axis = drawnAxis(option, side);
    return limits && axis && isOfNumbers(axis) && areShown(limits, axis) ? [limitNote(side, limits)] : [];
  });
}

export function limitNote(side: 'x' | 'y', [low, high]: AxisRange): string {
  return `${side} axis from ${low} to ${high}: marks beyond are cut off`;
}

function areShown([low]: AxisRange, { min }: DrawnAxis): boolean {
  return min === low;
}
