import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inksOf } from '../../../src-shared/charts/chart-style.ts';
import { MAP_NAMES, mapColour, mapLineColour } from '../../../src-shared/charts/palette.ts';

/** WCAG's relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('lines in the colours of a map stand out from the background, whichever end they are of', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const map of MAP_NAMES) {
      const ground = luminance(inksOf({ theme }).background);
      const contrast = (colour: string): number => {
        const own = luminance(colour);
        return (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05);
      };
      const least = Math.min(
        ...[0, 0.25, 0.5, 0.75, 1].map((at) => contrast(mapLineColour(at, { theme, map }))),
      );
      assert.ok(least >= 1.8, `${map} on ${theme}: ${least}`);
      // what fills an area may be of either end
      assert.ok(contrast(mapColour(theme === 'light' ? 1 : 0, { map })) < least);
    }
});
