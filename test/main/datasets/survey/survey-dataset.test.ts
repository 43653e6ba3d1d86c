import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { keepSurvey, readSurvey } from '../../../../src-main/datasets/survey/kept-survey.ts';
import { surveyElsewhere } from '../../../../src-main/datasets/survey/survey-elsewhere.ts';
import { writePrepared } from '../../../../src-main/datasets/write-prepared.ts';
import { randomPart } from '../small-content.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SHAPE = [4, 5, 3] as const;
const SIZE = 60;

/** 30 random images in 3 classes, and 9 for the test, some of which are made the same. */
function content() {
  const training = randomPart(30, SHAPE, 3, 1);
  const test = randomPart(9, SHAPE, 3, 2);
  const copy = (from: number, to: Uint8Array, at: number): void =>
    to.set(training.images.subarray(from * SIZE, (from + 1) * SIZE), at * SIZE);
  // of class 0: once more in its class, in class 1, and twice in the test part
  copy(0, training.images, 3);
  copy(0, training.images, 4);
  copy(0, test.images, 2);
  copy(0, test.images, 3);
  return { classes: ['a', 'b', 'c'], training, test, source: 'a test' };
}

test('a survey counts the same images, and has the means of what is there', async (context) => {
  const dataRoot = temporaryFolder(context);
  const made = content();
  writePrepared(dataRoot, 'small', made);
  const folder = path.join(dataRoot, 'small');
  const survey = await surveyElsewhere({ name: 'small', dataRoot }, {});
  assert.deepEqual(survey.counts, { training: [10, 10, 10], test: [3, 3, 3] });
  // five images that are all the same: ten pairs
  const expected = { pairs: 10, acrossParts: 2, withinTraining: 3, withinTest: 2, inSeveralClasses: 5 };
  assert.deepEqual(survey.same, expected);
  assert.deepEqual(
    survey.pairs.slice(0, 2).map(({ one, other }) => [one.part, one.image, other.part, other.image]),
    [
      ['training', 0, 'test', 2],
      ['training', 0, 'test', 3],
    ],
  );
  const { images, labels } = made.training;
  const meanAt = (at: number, label: number | null): number => {
    const of = [...labels.keys()].filter((image) => label === null || labels[image] === label);
    return Math.round(of.reduce((sum, image) => sum + (images[image * SIZE + at] ?? 0), 0) / of.length);
  };
  for (const [picture, label] of [
    [survey.meanPicture, null],
    [survey.classMeans[1], 1],
  ] as const) {
    const decoded = await sharp(picture ?? undefined)
      .raw()
      .toBuffer();
    assert.deepEqual(
      [...decoded],
      Array.from({ length: SIZE }, (_, at) => meanAt(at, label)),
    );
  }
  const red = images.filter((_, at) => at % 3 === 0).reduce((sum, value) => sum + value, 0) / (30 * 20 * 255);
  assert(Math.abs((survey.mean[0] ?? 0) - red) < 1e-12);
  assert.equal(survey.pictures, null);

  assert(keepSurvey(folder, survey));
  assert.deepEqual(readSurvey(folder, survey.hash), survey);
  assert.equal(readSurvey(folder, 'another'), null);
  fs.writeFileSync(path.join(folder, 'survey-1.block'), 'cut off');
  assert.equal(readSurvey(folder, survey.hash), null);
});

test('what is not what was added is not surveyed', async (context) => {
  const dataRoot = temporaryFolder(context);
  writePrepared(dataRoot, 'small', content());
  const file = path.join(dataRoot, 'small', 'test.bin');
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(file, bytes.fill(7, 30));
  await assert.rejects(surveyElsewhere({ name: 'small', dataRoot }, {}), {
    code: 'data-invalid',
    message: /have changed since they were added/,
  });
});
