/** Values as little-endian 64-bit floats on every machine; null becomes NaN. */
export function packSeries(values: readonly (number | null)[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeDoubleLE(value ?? NaN, index * 8);
  return bytes;
}

/** The inverse of `packSeries`, to the bit. */
export function unpackSeries(bytes: Buffer): (number | null)[] {
  return Array.from({ length: bytes.length / 8 }, (_, index) => {
    const value = bytes.readDoubleLE(index * 8);
    return Number.isNaN(value) ? null : value;
  });
}
