import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrangeImages, type Arrangement } from '../../../src-main/datasets/import/arrange-images.ts';

/** `count` pictures in each of some folders. */
function pictures(folders: readonly string[], count = 2): string[] {
  return folders.flatMap((folder) => Array.from({ length: count }, (_, index) => `${folder}/${index}.png`));
}

function arrange(
  files: readonly string[],
  wish: Partial<Arrangement> = {},
): ReturnType<typeof arrangeImages> {
  const nothing = { folders: [], parts: null, test: null, knownClasses: [], source: 'there' };
  return arrangeImages({ ...nothing, files, ...wish });
}

function remarksOf(files: readonly string[], wish: Partial<Arrangement> = {}): string[] {
  return arrange(files, wish).remarks.map(({ level, text }) => `${level}: ${text}`);
}

const SUBFOLDERS = pictures(
  ['cats', 'dogs'].flatMap((name) =>
    ['train', 'test'].flatMap((part) => ['indoor', 'outdoor'].map((where) => `${name}/${part}/${where}`)),
  ),
);

test('parts below the classes are asked for, not guessed', () => {
  assert.throws(() => arrange(SUBFOLDERS), {
    code: 'data-invalid',
    message:
      'there: each class contains the folders test, train. If these are the parts, add --parts below; if they are ordinary folders, add --parts none',
  });
  const below = arrange(SUBFOLDERS, { parts: 'below' });
  assert.deepEqual([below.classes, below.training.length, below.test.length], [['cats', 'dogs'], 8, 8]);
  assert.ok(below.test.every(({ file }) => file.includes('/test/')));
  const none = arrange(SUBFOLDERS, { parts: 'none' });
  assert.deepEqual([none.classes, none.training.length + none.test.length], [['cats', 'dogs'], 16]);
  assert.throws(
    () => arrange(SUBFOLDERS, { parts: 'above' }),
    /the folders cats, dogs do not have names of parts/,
  );
  // one class with a picture beside its folders of parts: they are folders like others
  assert.deepEqual(arrange([...SUBFOLDERS, 'cats/x.png']).classes, ['cats', 'dogs']);
});

test('classes may be called train, valid or test', () => {
  assert.deepEqual(arrange(pictures(['bus', 'car', 'train'])).classes, ['bus', 'car', 'train']);
  assert.deepEqual(arrange(pictures(['invalid', 'valid'])).classes, ['invalid', 'valid']);
  const inParts = pictures(['train/bus', 'train/train', 'test/bus', 'test/train']);
  assert.deepEqual(arrange(inParts).classes, ['bus', 'train']);
  // nothing but names of parts, and no folders in them: both may be meant
  assert.throws(
    () => arrange(pictures(['train', 'test'])),
    /the folders test, train contain images.*--parts none/,
  );
  assert.deepEqual(arrange(pictures(['train', 'test']), { parts: 'none' }).classes, ['test', 'train']);
  assert.throws(
    () => arrange([...pictures(['bus', 'car']), ...pictures(['train/a', 'train/b'])]),
    /train may be parts, but bus, car next to them are not\. If all of them are classes, add --parts none/,
  );
  assert.throws(() => arrange(pictures(['test/a', 'test/b'])), /all images are in the folder test/);
});

test('what was done with val and test is said, and may be chosen', () => {
  const files = pictures(['train/a', 'train/b', 'val/a', 'val/b'], 5);
  assert.deepEqual(remarksOf(files), [
    'warning: val (10 images) added to the training part, from which Kindling cuts its own validation part. --test val makes it the test part instead.',
    'note: The source has no test part: 4 images, 20 % of each class, became the test part.',
  ]);
  const chosen = arrange(files, { test: 'val' });
  assert.deepEqual([chosen.training.length, chosen.test.length, chosen.remarks], [10, 10, []]);
  assert.ok(chosen.test.every(({ file }) => file.startsWith('val/')));
  const all = [...files, ...pictures(['test/a', 'test/b'], 1)];
  assert.match(remarksOf(all).join(), /^note: val \(10 images\) added to the training part.*part\.$/);
  assert.equal(arrange(all).test.length, 2);
  assert.deepEqual(remarksOf(all, { test: 'val' }), [
    'warning: test (2 images) left out: --test names another folder as the test part.',
  ]);
  // a folder by any name
  assert.equal(
    arrange(pictures(['train/a', 'train/b', 'held/a', 'held/b']), { test: 'held' }).test.length,
    4,
  );
  assert.throws(() => arrange(files, { test: 'held' }), {
    code: 'usage',
    message: /^--test held: there has no/,
  });
  // what is advised is possible
  const one = [...files, ...pictures(['val/c'], 5)];
  assert.match(
    remarksOf(one).join(),
    /--test val makes it the test part instead, once c has training images\./,
  );
  assert.throws(() => arrange(one, { test: 'val' }), /1 class has test images only \(c\)/);
});

test('known classes keep the order of their labels, others are in that of their names', () => {
  const files = pictures(['one', 'two', 'three']);
  assert.deepEqual(arrange(files).classes, ['one', 'three', 'two']);
  assert.deepEqual(arrange(files, { knownClasses: ['two', 'three', 'one'] }).classes, [
    'two',
    'three',
    'one',
  ]);
  assert.deepEqual(arrange(files, { knownClasses: ['two', 'three', 'four'] }).classes, [
    'one',
    'three',
    'two',
  ]);
});

test('names that objects have from birth are classes like others', () => {
  const names = ['__proto__', 'constructor', 'toString', 'valueOf'];
  const { classes, training, test } = arrange(pictures(names, 5));
  assert.deepEqual(classes, names);
  for (const [label] of names.entries())
    assert.deepEqual(
      [training, test].map((part) => part.filter((image) => image.label === label).length),
      [4, 1],
    );
});

test('more classes than labels can tell apart', () => {
  const folders = Array.from({ length: 65_537 }, (_, index) => `${index}`);
  assert.throws(
    () => arrange(pictures(folders, 1)),
    /65,537 folders would become classes, more than 16-bit labels can distinguish \(65,536\)/,
  );
});
