import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fingerprints } from '../../../../src-main/datasets/survey/find-near.ts';
import { createFingerprinter } from '../../../../src-main/datasets/survey/perceptual-hash.ts';

interface Fixture {
  readonly shape: readonly [number, number, number];
  readonly images: readonly string[];
  readonly bits: readonly string[];
  readonly flat: number;
  readonly pairs: readonly (readonly [one: number, other: number, correlation: number])[];
}

const { shape, images, bits, flat, pairs } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/near-duplicates.json'), 'utf8'),
) as Fixture;

function fingerprints(): Fingerprints {
  const all = new Fingerprints(images.length);
  const fingerprint = createFingerprinter(shape);
  for (const [place, image] of images.entries()) all.set(place, fingerprint(Buffer.from(image, 'hex')));
  return all;
}

test('hashes have the bits that SciPy gives them', () => {
  const fingerprint = createFingerprinter(shape);
  for (const [place, image] of images.entries()) {
    const { hash } = fingerprint(Buffer.from(image, 'hex'));
    const found = hash.map((half) => half.toString(2).padStart(32, '0')).join('');
    assert.equal(found, bits[place], `image ${place}`);
  }
});

test('the pairs that are near are those of all pairs compared one by one, each once', async () => {
  const all = fingerprints();
  const found: [number, number, number][] = [];
  const isWhole = await all.findPairs(
    (one, other, correlation) => found.push([one, other, correlation]),
    () => Promise.resolve(),
  );
  found.sort(([a, b], [c, d]) => a - c || b - d);
  assert(isWhole && pairs.length > 8);
  assert.equal(all.flat, flat);
  assert.deepEqual(
    found.map(([one, other]) => [one, other]),
    pairs.map(([one, other]) => [one, other]),
  );
  // sums of integers, so that only the last digits of the quotients differ
  for (const [index, [, , correlation]] of found.entries())
    assert(Math.abs(correlation - (pairs[index]?.[2] ?? 0)) < 1e-9, `pair ${index}`);
});

test('comparing ends where it would take too long, and says so', async () => {
  const none = (): void => undefined;
  assert.equal(await fingerprints().findPairs(none, () => Promise.resolve(), 10), false);
});
