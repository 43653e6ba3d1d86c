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

test('a folder of pictures is added, listed and shown with what was found in it', () => {
  const environment = { KINDLING_HOME: home };
  const added = kindling(['dataset', 'add', 'colours', '--from', pictures, '--size', '8'], environment);
  assert.equal(added.status, 0, added.stderr);
  const facts = 'colours: 20 training and 20 test images of 8x8x3 in 2 classes.';
  const warnings = [
    'warning: 20 of 20 test images are also in the training part, pixel for pixel (e.g. train/blue/0.png and test/blue/0.png): test accuracy includes memorized images.',
  ];
  const notes = ['note: 10 training images of each class.'];
  assert.equal(added.stdout, [facts, ...warnings, ...notes, ''].join('\n'));
  const list = JSON.parse(kindling(['dataset', 'list', '--json'], environment).stdout) as {
    name: string;
    state: string;
  }[];
  assert.equal(list.find(({ name }) => name === 'colours')?.state, 'prepared');
  assert.equal(list.find(({ name }) => name === 'cifar10')?.state, 'not added');
  assert.match(
    kindling(['dataset', 'list'], environment).stdout,
    /colours +prepared +8x8x3 +20 +20 +2 .*\ncolours\n {2}warning: 20 of 20 test images/s,
  );
  const shown = kindling(['dataset', 'show', 'colours'], environment).stdout;
  assert.ok(shown.startsWith(`${facts}\nimages from pictures, added with --size 8\n`), shown);
  assert.ok(
    [...warnings, ...notes].every((line) => shown.includes(`${line}\n`)),
    shown,
  );
  assert.match(shown, /class +training +test\nblue +10 +10\nred +10 +10\n/);
  const description = JSON.parse(kindling(['dataset', 'show', 'colours', '--json'], environment).stdout) as {
    classes: unknown;
    options: unknown;
  };
  assert.deepEqual(description.options, { size: 8 });
  assert.deepEqual(description.classes, [
    { name: 'blue', training: 10, test: 10 },
    { name: 'red', training: 10, test: 10 },
  ]);
});

test('a data set that is not known is a problem that names those that are', () => {
  const { status, stderr } = kindling(['dataset', 'add', 'imagenette'], { KINDLING_HOME: home });
  assert.equal(status, 1);
  assert.match(stderr, /cifar10.*--from/);
  assert.equal(kindling(['dataset', 'add', 'x', '--size', 'big'], { KINDLING_HOME: home }).status, 2);
});
