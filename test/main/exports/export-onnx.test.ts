import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { InferenceSession } from 'onnxruntime-node';
import protobuf from 'protobufjs';
import { exportOnnx } from '../../../src-main/exports/onnx/export-onnx.ts';
import { storeTrainedRun } from './trained-run.ts';

const { store, complete, waiting, checkpoint, close } = storeTrainedRun();
after(close);
const LAST = { checkpoint: 'last', softmax: false } as const;

test('the model of a run tells where it comes from and what its input is', async () => {
  const { fileName, bytes } = exportOnnx(store, complete, LAST);
  assert.equal(fileName, `tiny-${complete}.onnx`);
  const session = await InferenceSession.create(bytes);
  const [input] = session.inputMetadata;
  assert.ok(input?.isTensor);
  assert.deepEqual([input.name, input.type, input.shape], ['images', 'float32', ['batch', 3, 32, 32]]);
  const [output] = session.outputMetadata;
  assert.ok(output?.isTensor);
  assert.deepEqual([output.name, output.type, output.shape], ['logits', 'float32', ['batch', 3]]);
  await session.release();
  const metadata = metadataOf(bytes);
  assert.equal(metadata.get('run'), complete);
  assert.equal(metadata.get('study'), 'tiny');
  assert.equal(metadata.get('dataset'), 'shapes');
  assert.equal(metadata.get('factors'), '{"network.sr":0.5}');
  assert.equal(metadata.get('classes'), '["circle","square","größe"]');
  assert.equal(metadata.get('mean'), '[0.5,0.25,0.125]');
  assert.equal(metadata.get('std'), '[0.1,0.2,0.3]');
  assert.equal(metadata.get('step'), '20');
  assert.equal(metadata.get('testAccuracy'), '0.6');
  assert.equal(metadata.get('trainedWith'), 'Kindling 0.1.0');
});

test('the same run gives the same bytes', () => {
  assert.deepEqual(exportOnnx(store, complete, LAST).bytes, exportOnnx(store, complete, LAST).bytes);
});

test('what cannot be exported is a problem that says why', () => {
  const refusal = (run: string, options: Parameters<typeof exportOnnx>[2]) => () =>
    exportOnnx(store, run, options);
  assert.throws(refusal('nothing', LAST), { code: 'not-found' });
  assert.throws(refusal(waiting, LAST), { code: 'usage', message: /is waiting: only a complete run/ });
  assert.throws(refusal(complete, { ...LAST, checkpoint: 'initial' }), {
    code: 'not-found',
    message: /has no checkpoint initial; it has last, best/,
  });
  assert.throws(refusal(complete, { ...LAST, checkpoint: 'best' }), {
    code: 'data-missing',
    message: /best\.safetensors cannot be read/,
  });
});

test('a checkpoint that is not the one that the run left is refused', () => {
  appendFileSync(checkpoint, 'x');
  assert.throws(() => exportOnnx(store, complete, LAST), {
    code: 'data-invalid',
    message: /SHA-256 differs/,
  });
});

function metadataOf(bytes: Uint8Array): Map<string, string> {
  const schema = `syntax = "proto3"; message Entry { string key = 1; string value = 2; }
    message Model { repeated Entry metadata_props = 14; }`;
  const type = protobuf.parse(schema, { keepCase: true }).root.lookupType('Model');
  const { metadata_props: entries } = type.toObject(type.decode(bytes)) as {
    metadata_props: { key: string; value: string }[];
  };
  return new Map(entries.map(({ key, value }) => [key, value]));
}
