import { maskedChecksum } from './frame-record.ts';

export interface ReadRecords {
  readonly records: readonly Uint8Array[];
  /** Whether the file ends with a record: one that is still written may end within. */
  readonly isWhole: boolean;
}

/** The records of a TFRecord file, up to the first that is cut off or whose checksum is wrong. */
export function readRecords(content: Buffer): ReadRecords {
  const records: Uint8Array[] = [];
  let place = 0;
  while (place + 12 <= content.length) {
    const length = Number(content.readBigUInt64LE(place));
    const end = place + 12 + length;
    const isLength = maskedChecksum(content.subarray(place, place + 8)) === content.readUInt32LE(place + 8);
    if (!isLength || end + 4 > content.length) break;
    const data = content.subarray(place + 12, end);
    if (maskedChecksum(data) !== content.readUInt32LE(end)) break;
    records.push(data);
    place = end + 4;
  }
  return { records, isWhole: place === content.length };
}
