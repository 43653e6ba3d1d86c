/** The header's length is a multiple of this, so that the numbers can be memory-mapped. */
const ALIGNED = 64;

/**
 * The beginning of a NumPy file (format 1.0), behind which the numbers follow in C order.
 * @param dtype e.g. `<f4`: float32, the least significant byte first
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(dtype: '<f4' | '<u2', shape: readonly number[]): Buffer {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${axes}), }`;
  const before = 10;
  const length = Math.ceil((before + text.length + 1) / ALIGNED) * ALIGNED;
  const header = Buffer.alloc(length, ' ');
  header.write('\x93NUMPY', 'latin1');
  header.set([1, 0], 6);
  header.writeUInt16LE(length - before, 8);
  header.write(text, before, 'latin1');
  header.write('\n', length - 1);
  return header;
}
