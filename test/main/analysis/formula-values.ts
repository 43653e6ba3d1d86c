/** Values that test/fixtures/analysis knows as well: uneven, from -1 to 1, exact in float32's neighbourhood of them. */
export function formulaValues(count: number, start: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((31 * i * i + 17 * i + start) % 1009) / 504.5 - 1);
}
