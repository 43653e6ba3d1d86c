/**
 * The nearest whole number, halves up. A product such as 0.145 * 100 falls a hair short of the half it
 * stands for in decimal; the tolerance of 1e-9 brings it back, so that a study file means what it says.
 */
export function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5 + 1e-9);
}
