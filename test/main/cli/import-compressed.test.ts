import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import sharp from 'sharp';
import { readNetworkCheckpoint } from '../../../src-main/checkpoints/network-checkpoint.ts';
import { PUBLISHED_FILE, withoutPublishedFile } from '../compression/published-file.ts';
import { kindling } from './command-line.ts';

const IMPORT = ['network', 'import-compressed'];

const folder = mkdtempSync(join(tmpdir(), 'kindling-import-'));
after(() => rmSync(folder, { recursive: true }));

describe('with the published file', { skip: withoutPublishedFile }, () => {
  test('JSON has figures, variants and pictures, and the decoded network is a checkpoint', async () => {
    const picture = join(folder, 'grey.png');
    await sharp({ create: { width: 300, height: 240, channels: 3, background: '#708090' } }).toFile(picture);
    const output = join(folder, 'decoded.safetensors');
    const options = ['--image', picture, '--output', output, '--json'];
    const { status, stdout, stderr } = kindling([...IMPORT, PUBLISHED_FILE, ...options]);
    assert.equal(status, 0, stderr);
    const found = JSON.parse(stdout) as {
      kept: number;
      variants: { name: string; bytes: number }[];
      pictures: { picture: string; classes: { index: number; probability: number }[] }[];
    };
    assert.equal(found.kept, 415_921);
    assert.equal(found.variants[0]?.bytes, 675_763);
    assert.equal(found.pictures[0]?.picture, picture);
    assert.equal(found.pictures[0].classes.length, 5);
    assert.equal(readNetworkCheckpoint(output).weights.get('conv1/kernel')?.length, 14_112);
  });

  test('a readable account is printed without --json', () => {
    const { stdout } = kindling([...IMPORT, PUBLISHED_FILE]);
    assert.match(stdout, /415,921 of 1,244,448 weights kept: 33\.4 %/);
    assert.match(stdout, /published +104 +26,624 +15,904 +422,083 +211,048 +675,763\n/);
  });

  test('another ending of --output is a usage error, and leaves nothing', () => {
    const output = join(folder, 'decoded.h5');
    const { status, stderr } = kindling([...IMPORT, PUBLISHED_FILE, '--output', output]);
    assert.equal(status, 2);
    assert.match(stderr, /use the extension \.safetensors or \.onnx/);
    assert.ok(!existsSync(output));
  });
});

test('a missing and a foreign file are problems', () => {
  const missing = kindling([...IMPORT, join(folder, 'missing.net')]);
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /missing\.net cannot be read/);
  const foreign = join(folder, 'foreign.net');
  writeFileSync(foreign, 'no network '.repeat(1000));
  const { status, stderr } = kindling([...IMPORT, foreign]);
  assert.equal(status, 1);
  assert.match(stderr, /foreign\.net is not the published compressed SqueezeNet v1\.0/);
});
