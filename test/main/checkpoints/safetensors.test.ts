import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { readSafetensors, writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-safetensors-'));
after(() => fs.rmSync(folder, { recursive: true }));

const tensors = [
  { name: 'conv1/kernel', shape: [1, 1, 2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-40, 3e38) },
  { name: 'conv1/bias', shape: [3], values: Float32Array.of(Number.NaN, Infinity, -0) },
  { name: '7', shape: [], values: Float32Array.of(0.1) },
];
const metadata = { format: 'kindling', network: '{"family":"squeezenet"}', note: 'Größe "x"' };

test('a file written by Python is read', () => {
  const file = fileURLToPath(new URL('../../fixtures/python.safetensors', import.meta.url));
  const { tensors: found, metadata: described } = readSafetensors(file);
  assert.deepEqual(described, { format: 'np', step: '12' });
  const byName = new Map(found.map((tensor) => [tensor.name, tensor]));
  assert.deepEqual([...byName.keys()].sort(), ['conv1/bias', 'conv1/kernel', 'fire2/größe']);
  assert.deepEqual(byName.get('conv1/kernel'), {
    name: 'conv1/kernel',
    shape: [1, 2, 3, 4],
    values: Float32Array.from({ length: 24 }, (_, index) => index / 8),
  });
  assert.deepEqual(byName.get('conv1/bias')?.values, Float32Array.of(-1.5, 0, 3e38, 1e-40));
  assert.deepEqual(byName.get('fire2/größe'), { name: 'fire2/größe', shape: [], values: Float32Array.of(7) });
});

test('what is written is read back to the bit, whatever its values and names', () => {
  const file = path.join(folder, 'round.safetensors');
  const written = writeSafetensors(file, tensors, metadata);
  const content = fs.readFileSync(file);
  assert.equal(written.bytes, content.length);
  assert.equal(written.sha256, createHash('sha256').update(content).digest('hex'));
  const found = readSafetensors(file);
  assert.deepEqual(found.metadata, metadata);
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  assert.deepEqual(found.tensors.sort(byName), [...tensors].sort(byName));
  assert.deepEqual(fs.readdirSync(folder), ['round.safetensors']);
});

test('the bytes are those of the format', () => {
  const file = path.join(folder, 'layout.safetensors');
  const values = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
  writeSafetensors(file, [{ name: 'a', shape: [2], values }], { step: '1' });
  const content = fs.readFileSync(file);
  const header = '{"__metadata__":{"step":"1"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
  const length = Math.ceil(header.length / 8) * 8;
  assert.equal(content.readBigUInt64LE(), BigInt(length));
  assert.equal(content.toString('utf8', 8, 8 + length), header.padEnd(length, ' '));
  assert.deepEqual([content.readFloatLE(8 + length), content.readFloatLE(12 + length)], [1, 2]);
  assert.equal(content.length, 16 + length);
});

function file(name: string, content: Uint8Array): string {
  const place = path.join(folder, name);
  fs.writeFileSync(place, content);
  return place;
}

function withHeader(header: string, data = 8): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(data)]);
}

const entry = (fields: object) =>
  JSON.stringify({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...fields } });

const DAMAGED: readonly (readonly [title: string, content: Buffer, message: RegExp])[] = [
  ['that is empty', Buffer.alloc(0), /it has 0 bytes/],
  ['shorter than its length field', Buffer.alloc(5), /it has 5 bytes/],
  ['truncated in its header', withHeader(entry({})).subarray(0, 30), /its header is truncated/],
  ['filled with ones', Buffer.alloc(64, 0xff), /its header is truncated/],
  ['of another format', withHeader('PK binary'), /its header is not JSON/],
  ['with a header that is no object', withHeader('null'), /its header/],
  ['with a tensor that is no object', withHeader('{"a":null}'), /its header: .*at a\.$/],
  ['without a place', withHeader('{"a":{"dtype":"F32","shape":[2]}}'), /its header: .*data_offsets/],
  ['truncated in its data', withHeader(entry({}), 7), /: a is truncated/],
  ['of another type', withHeader(entry({ dtype: 'C64' })), /a is C64, which no weights are/],
  [
    'with a place that is not its shape',
    withHeader(entry({ shape: [3] })),
    /a has 8 bytes, its shape \[3\] needs 12/,
  ],
  [
    'with a place before the data',
    withHeader(entry({ data_offsets: [-8, 0] })),
    /its header: .*data_offsets/,
  ],
];

for (const [title, content, message] of DAMAGED)
  test(`a file ${title} is refused by name`, () => {
    const place = file('damaged.safetensors', content);
    assert.throws(
      () => readSafetensors(place),
      (error) => {
        assert.ok(error instanceof Problem, String(error));
        assert.equal(error.code, 'data-invalid');
        assert.ok(error.message.startsWith(`${place} is not a readable safetensors file: `), error.message);
        assert.match(error.message, message);
        return true;
      },
    );
  });

test('a file is replaced as a whole, and nothing stays beside it', () => {
  const own = path.join(folder, 'atomic');
  const place = path.join(own, 'last.safetensors');
  writeSafetensors(place, tensors, metadata);
  writeSafetensors(place, [], {});
  assert.deepEqual(readSafetensors(place), { tensors: [], metadata: {} });
  assert.deepEqual(fs.readdirSync(own), ['last.safetensors']);
});
