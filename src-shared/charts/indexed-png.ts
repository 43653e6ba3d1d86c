import { zlibSync } from 'fflate';

/**
 * A picture of up to 256 colours as PNG.
 *
 * @param pixels index of each pixel's colour, row by row.
 * @param colours `#rrggbb`, 256 at most.
 */
export function indexedPng(
  pixels: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  colours: readonly string[],
): Uint8Array {
  const palette = Uint8Array.from(
    colours.flatMap((colour) => [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16))),
  );
  // bit depth 8, colour type 3 (palette), the one compression and filter method, no interlace
  const header = Uint8Array.from([...bigEndian(width), ...bigEndian(height), 8, 3, 0, 0, 0]);
  // each row begins with its filter: none
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return joined([
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', zlibSync(rows, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  return joined([bigEndian(data.length), named, bigEndian(crc32(named))]);
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.from([24, 16, 8, 0], (shift) => (value >>> shift) & 0xff);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Of each byte, by the reversed polynomial of PNG (annex D of its specification). */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (CRC_TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The picture as an address that SVG and browsers take in the place of a file's. */
export function pngAddress(png: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < png.length; at += 3) {
    const [first = 0, second, third] = png.subarray(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((bits >> shift) & 63)).join('');
    groups.push(
      second === undefined
        ? `${digits.slice(0, 2)}==`
        : third === undefined
          ? `${digits.slice(0, 3)}=`
          : digits,
    );
  }
  return `data:image/png;base64,${groups.join('')}`;
}
