/** Bytes of a block: headers and files of a tar are whole blocks. */
const BLOCK = 512;

/** What follows the last file of a tar. */
export const TAR_END = 2 * BLOCK;

const encoder = new TextEncoder();

/** Zeros behind so many bytes up to the end of their block. */
export function padding(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK;
}

/** Bytes of `tarHeader`. */
export function tarHeaderBytes(path: string, bytes: number): number {
  const { length } = records(path, bytes);
  return BLOCK + length + padding(length) + BLOCK;
}

/**
 * What stands before a file in a tar (POSIX.1-2001, "pax"): its path and size in a record of their own, where any path and size has
 * room, then its header.
 */
export function tarHeader(path: string, bytes: number): Uint8Array<ArrayBuffer> {
  const extended = records(path, bytes);
  const all = new Uint8Array(BLOCK + extended.length + padding(extended.length) + BLOCK);
  all.set(header('pax', extended.length, 'x'), 0);
  all.set(extended, BLOCK);
  // what does not fit is in the record
  all.set(header('file', Math.min(bytes, 0o77777777777), '0'), all.length - BLOCK);
  return all;
}

function records(path: string, bytes: number): Uint8Array<ArrayBuffer> {
  return encoder.encode(record('path', path) + record('size', String(bytes)));
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function record(key: string, value: string): string {
  const rest = encoder.encode(` ${key}=${value}\n`).length;
  const digits = String(rest + String(rest).length).length;
  return `${rest + digits} ${key}=${value}\n`;
}

function header(name: string, bytes: number, type: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const write = (at: number, text: string): void => block.set(encoder.encode(text), at);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  write(0, name);
  write(100, octal(0o644, 7));
  write(108, octal(0, 7));
  write(116, octal(0, 7));
  write(124, octal(bytes, 11));
  write(136, octal(0, 11));
  write(148, '        ');
  write(156, type);
  write(257, 'ustar\x0000');
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(148, `${octal(sum, 6)} `);
  return block;
}
