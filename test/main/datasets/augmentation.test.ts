import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Variation } from '../../../src-main/datasets/augmentation.ts';
import { drawVariation, writeVaried } from '../../../src-main/datasets/augmentation.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { randomPart } from './small-content.ts';

const STILL: Variation = { shiftY: 0, shiftX: 0, flip: false, angle: 0, cutout: null };

/** An image as one value per pixel and channel; the table is the identity, and 0 is never a pixel's value. */
function vary(
  images: Uint8Array,
  shape: readonly [number, number, number],
  variation: Partial<Variation>,
): number[] {
  const table = Float32Array.from({ length: 256 * shape[2] }, (_, at) => at % 256);
  const output = new Float32Array(shape[0] * shape[1] * shape[2]).fill(Number.NaN);
  writeVaried({ images, from: 0, shape, table, output, to: 0 }, { ...STILL, ...variation });
  return [...output];
}

test('crop and flip: every shift against the definition', () => {
  const shape = [5, 6, 3] as const;
  const { images } = randomPart(1, shape, 1);
  for (let shiftY = -6; shiftY <= 6; shiftY++) {
    for (let shiftX = -7; shiftX <= 7; shiftX++) {
      for (const flip of [false, true]) {
        const expected: number[] = [];
        for (let y = 0; y < 5; y++) {
          for (let x = 0; x < 6; x++) {
            const [sourceY, sourceX] = [y + shiftY, (flip ? 5 - x : x) + shiftX];
            const inside = sourceY >= 0 && sourceY < 5 && sourceX >= 0 && sourceX < 6;
            for (let c = 0; c < 3; c++)
              expected.push(inside ? (images[(sourceY * 6 + sourceX) * 3 + c] ?? -1) : 0);
          }
        }
        assert.deepEqual(
          vary(images, shape, { shiftY, shiftX, flip }),
          expected,
          `${shiftY} ${shiftX} ${flip}`,
        );
      }
    }
  }
});

test('a quarter turn is exact: counter-clockwise as seen, then crop and flip as without it', () => {
  const shape = [7, 7, 1] as const;
  const { images } = randomPart(1, shape, 1);
  // numpy.rot90: output[y][x] = input[x][width - 1 - y].
  const turned = Uint8Array.from(
    { length: 49 },
    (_, at) => images[(at % 7) * 7 + 6 - Math.floor(at / 7)] ?? 0,
  );
  for (const rest of [{}, { flip: true }, { shiftY: 2, shiftX: -1 }, { shiftY: -1, shiftX: 3, flip: true }]) {
    const rotated = vary(images, shape, { angle: Math.PI / 2, ...rest });
    const expected = vary(turned, shape, rest);
    // The cosine of a quarter turn is 6e-17, not 0: neighbours enter with weights of that order.
    for (const [at, value] of rotated.entries()) assert.ok(Math.abs(value - (expected[at] ?? 0)) < 1e-4);
  }
});

test('a rotated linear ramp is the ramp along the rotated axis', () => {
  const shape = [15, 15, 1] as const;
  const images = Uint8Array.from({ length: 225 }, (_, at) => 100 + 4 * (at % 15) + 3 * Math.floor(at / 15));
  const angle = 0.3;
  const rotated = vary(images, shape, { angle });
  for (let y = 4; y < 11; y++) {
    for (let x = 4; x < 11; x++) {
      // Seen with y up, a counter-clockwise turn brings to (x, y) what was at the point turned clockwise.
      const [right, up] = [x - 7, 7 - y];
      const fromRight = right * Math.cos(angle) + up * Math.sin(angle);
      const fromUp = up * Math.cos(angle) - right * Math.sin(angle);
      const expected = 100 + 4 * (7 + fromRight) + 3 * (7 - fromUp);
      assert.ok(Math.abs((rotated[y * 15 + x] ?? 0) - expected) < 1e-4);
    }
  }
});

test('cutout blanks a square that the border clips', () => {
  const images = new Uint8Array(64).fill(9);
  const blanked = (y: number, x: number, size: number): number =>
    vary(images, [8, 8, 1], { cutout: { y, x, size } }).filter((value) => value === 0).length;
  assert.equal(blanked(4, 4, 4), 16);
  assert.equal(blanked(4, 4, 3), 9);
  assert.equal(blanked(0, 0, 4), 4);
  assert.equal(blanked(7, 7, 4), 9);
  assert.equal(blanked(3, 3, 40), 64);
});

test('draws: ranges, shares, and the same ones whatever else is switched on', () => {
  const full = recipeSchema.parse({ augment: ['crop', 'flip', 'rotation', 'cutout'] });
  const bare = { ...full, augment: ['flip' as const] };
  const stream = randomStream(1, 'augment', 0);
  let flips = 0;
  const shifts = new Map<number, number>();
  for (let index = 0; index < 9000; index++) {
    const drawn = drawVariation(full, 32, 32, stream.at(index));
    assert.equal(drawVariation(bare, 32, 32, stream.at(index)).flip, drawn.flip);
    flips += Number(drawn.flip);
    shifts.set(drawn.shiftX, (shifts.get(drawn.shiftX) ?? 0) + 1);
    assert.ok(Math.abs(drawn.angle) <= (15 * Math.PI) / 180);
  }
  assert.ok(Math.abs(flips - 4500) < 4 * Math.sqrt(9000 / 4));
  assert.deepEqual(
    [...shifts.keys()].sort((a, b) => a - b),
    [-4, -3, -2, -1, 0, 1, 2, 3, 4],
  );
  // Five standard deviations of a share of one in nine.
  for (const count of shifts.values()) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000));
  const none = drawVariation({ ...full, augment: [] }, 32, 32, stream.at(0));
  assert.deepEqual(none, STILL);
});
