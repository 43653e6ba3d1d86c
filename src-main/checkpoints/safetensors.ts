import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { writeWhole, writeWholeMeanwhile } from '../files/write-whole.ts';
import { isDiskFull } from '../files/disk-full.ts';
import { floatValues, isValueType, VALUE_BYTES } from './float-values.ts';

/** A float32 tensor by name, row-major. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a safetensors file (https://github.com/huggingface/safetensors: an 8-byte length, a JSON header, the
 * data), so that `safetensors.numpy.load_file` reads it in Python. Atomic: the file is there whole or as before.
 *
 * @throws Problem `disk-full`
 */
export function writeSafetensors(
  file: string,
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): WrittenFile {
  const { chunks, written } = serialize(tensors, metadata);
  try {
    writeWhole(file, chunks, { flushed: true });
  } catch (error) {
    throw problemOfDisk(file, error);
  }
  return written;
}

/**
 * The same for a caller who goes on while the disk is waited for: the values are taken at once.
 * @returns what is written, and when the disk has it; that rejects as this throws
 * @throws Problem `disk-full`
 */
export function writeSafetensorsMeanwhile(
  file: string,
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): { readonly written: WrittenFile; readonly onDisk: Promise<void> } {
  const { chunks, written } = serialize(tensors, metadata);
  try {
    const onDisk = writeWholeMeanwhile(file, chunks).catch((error: unknown) => {
      throw problemOfDisk(file, error);
    });
    return { written, onDisk };
  } catch (error) {
    throw problemOfDisk(file, error);
  }
}

function problemOfDisk(file: string, error: unknown): unknown {
  if (!isDiskFull(error)) return error;
  return new Problem(
    'disk-full',
    `no space left on the disk for ${file}; free some and start the study again`,
    { cause: error },
  );
}

function serialize(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): { readonly chunks: readonly Uint8Array[]; readonly written: WrittenFile } {
  const chunks = safetensorsContent(tensors, metadata);
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
  return { chunks, written: { bytes, sha256: hash.digest('hex') } };
}

/** What a file holds, piece by piece: header, then the tensors' own memory. */
export function safetensorsContent(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const entry = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
    return [name, entry] as const;
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  // The data must begin at a multiple of eight; the format fills up with blanks.
  const header = Buffer.from(json + ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return [length, header, ...tensors.map(({ values }) => bytesOf(values))];
}

/** Its memory, not a copy. */
export function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).optional() }).catchall(
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().min(0)),
    data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
  }),
);

/**
 * Reads a safetensors file; values of other types become float32.
 * @throws Problem `data-invalid` if the file is not one, is truncated, or holds a type that weights do not have
 */
export function readSafetensors(file: string): SafetensorsContent {
  return parseSafetensors(fs.readFileSync(file), file);
}

export interface SafetensorsContent {
  readonly tensors: NamedTensor[];
  readonly metadata: Record<string, string>;
}

/** The same of a file's bytes. @param file for messages */
export function parseSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = (what: string) =>
    new Problem('data-invalid', `${file} is not a readable safetensors file: ${what}.`);
  if (content.length < 8) throw damaged(`it has ${content.length} bytes`);
  const length = Number(content.readBigUInt64LE());
  if (length > content.length - 8) throw damaged('its header is truncated');
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8', 8, 8 + length));
  } catch {
    throw damaged('its header is not JSON');
  }
  const header = headerSchema.safeParse(json);
  if (!header.success) throw damaged(`its header: ${z.prettifyError(header.error).replaceAll('\n', ' ')}`);
  const { __metadata__: metadata = {}, ...entries } = header.data;
  const tensors = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [start, end],
      },
    ]) => {
      if (!isValueType(dtype)) throw damaged(`${name} is ${dtype}, which no weights are`);
      const expected = shape.reduce((product, extent) => product * extent, VALUE_BYTES[dtype]);
      if (end - start !== expected)
        throw damaged(`${name} has ${end - start} bytes, its shape [${shape.join(', ')}] needs ${expected}`);
      const bytes = content.subarray(8 + length + start, 8 + length + end);
      if (bytes.length !== expected) throw damaged(`${name} is truncated`);
      return { name, shape, values: floatValues(dtype, bytes) };
    },
  );
  return { tensors, metadata };
}
