/** Types of values in files of weights, by their names in safetensors, with their bytes. */
export const VALUE_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;
export type ValueType = keyof typeof VALUE_BYTES;

export function isValueType(name: string): name is ValueType {
  return Object.hasOwn(VALUE_BYTES, name);
}

/**
 * Little-endian values as float32; those of F64 and of whole numbers are rounded to it.
 * @param bytes a whole number of values
 */
export function floatValues(type: ValueType, bytes: Uint8Array): Float32Array {
  // A copy, because a view of values must begin at a multiple of their size.
  const { buffer } = Uint8Array.from(bytes);
  if (type === 'F32') return new Float32Array(buffer);
  const view = new DataView(buffer);
  const size = VALUE_BYTES[type];
  const read = READERS[type];
  return Float32Array.from({ length: bytes.length / size }, (_, index) => read(view, index * size));
}

const READERS: Readonly<Record<ValueType, (view: DataView, at: number) => number>> = {
  F64: (view, at) => view.getFloat64(at, true),
  F32: (view, at) => view.getFloat32(at, true),
  F16: (view, at) => halfValue(view.getUint16(at, true)),
  // the upper half of a float32
  BF16: (view, at) => new Float32Array(Uint32Array.of(view.getUint16(at, true) << 16).buffer)[0] ?? 0,
  I64: (view, at) => Number(view.getBigInt64(at, true)),
  I32: (view, at) => view.getInt32(at, true),
  I16: (view, at) => view.getInt16(at, true),
  I8: (view, at) => view.getInt8(at),
  U8: (view, at) => view.getUint8(at),
  BOOL: (view, at) => view.getUint8(at),
};

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
