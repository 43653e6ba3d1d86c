import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { storeFile } from '../../src-main/home.ts';
import { typedCommand } from '../../src-main/typed-command.ts';
import { kindling } from './cli/command-line.ts';
import { fillStore } from './cli/filled-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-hints-'));
after(() => rmSync(folder, { recursive: true }));

test('a command to type names the store where it is not the home’s own', () => {
  assert.equal(typedCommand('run list', storeFile()), 'kindling run list');
  assert.equal(typedCommand('run list', '/a/b.sqlite'), 'kindling run list --store /a/b.sqlite');
  assert.equal(typedCommand('run list', "/it's/b c"), String.raw`kindling run list --store '/it'\''s/b c'`);

  const store = join(folder, 'lab, 2.sqlite');
  fillStore(store);
  for (const command of [
    ['run', 'show', 'none'],
    ['export', 'onnx', 'none'],
    ['export', 'runs', 'none'],
  ]) {
    const { status, stderr } = kindling([...command, '--store', store]);
    assert.equal(status, 1);
    assert(stderr.includes(`\`kindling run list --store '${store}'\` lists them`), stderr);
  }
});
