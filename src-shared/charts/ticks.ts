import { range, ticks, tickStep } from 'd3-array';
import { scaleLog, tickFormat } from 'd3-scale';
import { countInDigits, powerOfTen, roundedTo } from '../numbers.ts';

/**
 * A step of 1, 2 or 5 times a power of ten that divides a range into at most `parts`: d3 takes the step nearest to that, and
 * there may be no room for the labels of more.
 * @param isWhole whether it is of things that have no parts, such as epochs
 */
export function niceStep(span: number, parts: number, isWhole = false): number {
  const nearest = tickStep(0, span, parts);
  const step = nearest * parts >= 0.999 * span ? nearest : tickStep(0, span, parts / 2);
  return isWhole ? Math.max(1, step) : step;
}

/** A range widened to whole steps, by none for what calculating cost of the last digits. */
export function niceRange(low: number, high: number, step: number): readonly [number, number] {
  const multiple = (count: number): number => roundedTo(count * step, 12);
  return [multiple(Math.floor(low / step + 1e-9)), multiple(Math.ceil(high / step - 1e-9))];
}

/** The multiples of a step between two values. */
export function steppedTicks(low: number, high: number, step: number): number[] {
  // with one more on either side, as d3 takes a finer step where there is none between
  const around = ticks(low - step, high + step, (high - low) / step + 2);
  return around.filter((tick) => tick >= low && tick <= high);
}

/** Writes the multiples of a step with as many decimals as tell them apart. */
export function stepText(step: number): (value: number) => string {
  return tickFormat(0, step, 1, ',f');
}

/** The same with a unit, for multiples of ten thousand and more: `12.3 G`. @param most the largest of them, whatever its sign */
export function unitText(step: number, most: number): (value: number) => string {
  const digits = 1 + Math.floor(Math.log10(most)) - Math.floor(Math.log10(step));
  return (value) => countInDigits(value, Math.max(3, digits));
}

/** Leading digits of the ticks of a logarithmic axis, from few to many. */
const LEADING = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 7]];

/**
 * Round values between two positive ones for a logarithmic axis: those of d3 with the fewest leading digits that leave three,
 * or, over less than these need, evenly spaced ones, the fewest that are three.
 * @param isWhole whether only whole ones are wanted, where there are any
 */
export function logTicks(low: number, high: number, isWhole = false): number[] {
  const all = anyLogTicks(low, high);
  const whole = isWhole ? all.filter(Number.isInteger) : [];
  return whole.length > 0 ? whole : all;
}

function anyLogTicks(low: number, high: number): number[] {
  const all = scaleLog().domain([low, high]).ticks(5);
  const thinned = LEADING.map((digits) => all.filter((tick) => digits.includes(mantissa(tick))));
  const spaced = range(2, 7).map((parts) => ticks(low, high, parts));
  return [...thinned, ...spaced].find(({ length }) => length >= 3) ?? all;
}

function mantissa(value: number): number {
  return Number(powerOfTen(value).split('e')[0]);
}
