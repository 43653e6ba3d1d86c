import { crc32c } from './crc32c.ts';

/**
 * One record of a TFRecord file (tensorflow/core/lib/io/record_writer.h): its length, a checksum of the length, the
 * data, a checksum of the data.
 */
export function frameRecord(data: Uint8Array): Uint8Array {
  const record = Buffer.alloc(data.length + 16);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(maskedChecksum(record.subarray(0, 8)), 8);
  record.set(data, 12);
  record.writeUInt32LE(maskedChecksum(data), 12 + data.length);
  return record;
}

/** Rotated and shifted, because the checksum of bytes that hold their own checksum is weak (tsl/lib/hash/crc32c.h). */
export function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
