import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { PUBLISHED_FILE, withoutPublishedFile } from '../compression/published-file.ts';
import { kindling } from './command-line.ts';

const SIZES = ['network', 'compressed-sizes'];

const folder = mkdtempSync(join(tmpdir(), 'kindling-sizes-'));
after(() => rmSync(folder, { recursive: true }));

describe('with the published file', { skip: withoutPublishedFile }, () => {
  test('JSON has figures and variants', () => {
    const { status, stdout, stderr } = kindling([...SIZES, PUBLISHED_FILE, '--json']);
    assert.equal(status, 0, stderr);
    const found = JSON.parse(stdout) as { kept: number; variants: { name: string; bytes: number }[] };
    assert.equal(found.kept, 415_921);
    assert.equal(found.variants[0]?.bytes, 675_763);
  });

  test('a readable account is printed without --json', () => {
    const { stdout } = kindling([...SIZES, PUBLISHED_FILE]);
    assert.match(stdout, /415,921 of 1,244,448 weights kept: 33\.4 %/);
    assert.match(stdout, /published +104 +26,624 +15,904 +422,083 +211,048 +675,763\n/);
  });
});

test('a missing and a foreign file are problems', () => {
  const missing = kindling([...SIZES, join(folder, 'missing.net')]);
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /missing\.net cannot be read/);
  const foreign = join(folder, 'foreign.net');
  writeFileSync(foreign, 'no network '.repeat(1000));
  const { status, stderr } = kindling([...SIZES, foreign]);
  assert.equal(status, 1);
  assert.match(stderr, /foreign\.net is not the published compressed SqueezeNet v1\.0/);
});
