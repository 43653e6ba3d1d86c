import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { kindling } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'kindling-dataset-'));
const pictures = join(home, 'pictures');

/** Two classes of ten pictures each, of one colour with noise, in train/ and test/. */
before(async () => {
  for (const part of ['train', 'test']) {
    for (const [name, hue] of [
      ['red', 200],
      ['blue', 20],
    ] as const) {
      const folder = join(pictures, part, name);
      mkdirSync(folder, { recursive: true });
      for (let index = 0; index < 10; index++) {
        const background = { r: hue + index, g: 60, b: 220 - hue };
        const picture = sharp({ create: { width: 12, height: 10, channels: 3, background } });
        await picture.png().toFile(join(folder, `${index}.png`));
      }
    }
  }
});
after(() => rmSync(home, { recursive: true }));

test('a folder of pictures is added and then listed', () => {
  const environment = { KINDLING_HOME: home };
  const added = kindling(['dataset', 'add', 'colours', '--from', pictures, '--size', '8'], environment);
  assert.equal(added.status, 0, added.stderr);
  assert.equal(added.stdout, 'colours: 20 training and 20 test images of 8x8x3 in 2 classes.\n');
  const list = JSON.parse(kindling(['dataset', 'list', '--json'], environment).stdout) as {
    name: string;
    state: string;
  }[];
  assert.equal(list.find(({ name }) => name === 'colours')?.state, 'prepared');
  assert.equal(list.find(({ name }) => name === 'cifar10')?.state, 'not added');
  assert.match(kindling(['dataset', 'list'], environment).stdout, /colours +prepared +8x8x3 +20 +20 +2 /);
});

test('a data set that is not known is a problem that names those that are', () => {
  const { status, stderr } = kindling(['dataset', 'add', 'imagenette'], { KINDLING_HOME: home });
  assert.equal(status, 1);
  assert.match(stderr, /cifar10.*--from/);
  assert.equal(kindling(['dataset', 'add', 'x', '--size', 'big'], { KINDLING_HOME: home }).status, 2);
});
