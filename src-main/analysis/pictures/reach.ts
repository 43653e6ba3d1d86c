/** The bits of a float32 but its sign: of two sizes the larger has the larger bits. */
const SIZE = 0x7fffffff;

/** Bits that sizes are sorted into bins by, and those that are left. */
const [BINNED, LEFT] = [16, 15];

/**
 * How far values without their signs reach, but for the largest few: a single value must not darken all others. It is the
 * one that a sorted list would have in that place; sorting all takes many times as long.
 * @param share of the values that the colours reach to
 * @param zeros whether values that are exactly zero count
 */
export function reach(
  values: readonly Float32Array[],
  share: number,
  zeros: 'counted' | 'left out' = 'counted',
): number {
  const all = values.map(({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length));
  const bins = new Uint32Array(2 ** BINNED);
  let count = 0;
  for (const each of all)
    for (let at = 0; at < each.length; at++) {
      const size = (each[at] as number) & SIZE;
      if (size === 0 && zeros === 'left out') continue;
      bins[size >>> LEFT] = (bins[size >>> LEFT] as number) + 1;
      count++;
    }
  if (count === 0) return 0;
  let rank = Math.ceil(share * (count - 1));
  let bin = 0;
  while (rank >= (bins[bin] as number)) rank -= bins[bin++] as number;
  const near = new Float32Array(bins[bin] as number);
  let found = 0;
  for (const [place, each] of all.entries())
    for (let at = 0; at < each.length; at++) {
      const size = (each[at] as number) & SIZE;
      if (size >>> LEFT === bin && (size > 0 || zeros === 'counted'))
        near[found++] = Math.abs(values[place]?.[at] ?? NaN);
    }
  return near.sort()[rank] ?? 0;
}
