/** A step of 1, 2 or 5 times a power of ten that divides a range into about `parts`. */
export function niceStep(range: number, parts: number): number {
  const rough = range / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

/** A range widened to whole steps. */
export function niceRange(low: number, high: number, step: number): readonly [number, number] {
  return [exact(Math.floor(low / step + 1e-9) * step), exact(Math.ceil(high / step - 1e-9) * step)];
}

/** The multiples of a step between two values. */
export function steppedTicks(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return range(first, last).map((count) => exact(count * step));
}

/** Decimals that tell the multiples of a step apart. */
export function stepDigits(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

const TICK_SETS = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7], range(10, 99).map((tenth) => tenth / 10)];

/** Round values between two positive ones for a logarithmic axis: the coarsest set with at least three. */
export function logTicks(low: number, high: number): number[] {
  const powers = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)));
  const sets = TICK_SETS.map((set) =>
    powers
      .flatMap((power) => set.map((factor) => Number((factor * 10 ** power).toPrecision(3))))
      .filter((tick) => tick >= low && tick <= high),
  );
  return sets.find((ticks) => ticks.length >= 3) ?? sets.at(-1) ?? [];
}

/** Whole numbers, both ends included. */
function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function exact(value: number): number {
  return Number(value.toPrecision(12));
}
