/** Of a share of so many rows, at 95 % (Wilson 1927). */
export function wilsonInterval(share: number, rows: number): readonly [number, number] {
  const z = 1.959963984540054;
  const centre = (share + z ** 2 / (2 * rows)) / (1 + z ** 2 / rows);
  const half = (z * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2))) / (1 + z ** 2 / rows);
  // rounding puts no share beyond its own interval
  return [Math.min(share, centre - half), Math.max(share, centre + half)];
}
