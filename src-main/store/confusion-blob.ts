/** A confusion matrix as the store keeps it: 32-bit unsigned integers, least significant byte first, row by row. */
export interface PackedConfusion {
  readonly classes: number;
  readonly counts: Buffer;
}

export function packConfusion(matrix: readonly (readonly number[])[]): PackedConfusion {
  const flat = matrix.flat();
  const counts = Buffer.alloc(flat.length * 4);
  for (const [index, count] of flat.entries()) counts.writeUInt32LE(count, index * 4);
  return { classes: matrix.length, counts };
}

/** Rows are true classes, columns predicted ones. */
export function unpackConfusion({ classes, counts }: PackedConfusion): number[][] {
  return Array.from({ length: classes }, (_, row) =>
    Array.from({ length: classes }, (__, column) => counts.readUInt32LE(4 * (row * classes + column))),
  );
}
