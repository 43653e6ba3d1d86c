import { mapColour, colourOf } from '../../../src-shared/charts/palette.ts';
import { largest } from './map-rows.ts';
import type { Colour, Picture } from './picture.ts';

const STEPS = 256;

/** From dark to light: cividis, the same to colour-blind eyes and in grey. */
const RISING = Array.from({ length: STEPS }, (_, step) => bytesOf(mapColour(step / (STEPS - 1))));

/** Vermilion below zero, white at zero, blue above: Okabe and Ito's, told apart by colour-blind eyes. */
const SIGNED = Array.from({ length: STEPS + 1 }, (_, step) => {
  const place = (2 * step) / STEPS - 1;
  const end = bytesOf(place < 0 ? colourOf(1) : colourOf(0));
  const [red, green, blue] = end.map((value) => Math.round(255 + (value - 255) * Math.abs(place)));
  return [red ?? 0, green ?? 0, blue ?? 0] as const;
});

/** Values row by row as colours from dark (`low` and less) to light (`high` and more). */
export function risingColours(
  values: ArrayLike<number>,
  width: number,
  [low, high]: readonly [low: number, high: number],
): Picture {
  const range = high - low;
  return painted(values, width, RISING, (value) => (range > 0 ? (value - low) / range : 0));
}

/** Values row by row as colours with white at zero; `extent` and more in full colour. */
export function signedColours(values: ArrayLike<number>, width: number, extent: number): Picture {
  return painted(values, width, SIGNED, (value) => (extent > 0 ? (value / extent + 1) / 2 : 0.5));
}

/**
 * Values of an image or a filter in its own colours, about grey, which is zero.
 * @param values [height, width, channels], of one channel (grey) or three
 * @param extent from which on a colour is full; the largest value if left out
 */
export function coloursAboutGrey(
  values: ArrayLike<number>,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  extent = largest(values),
): Picture {
  const pixels = new Uint8Array(height * width * 3);
  for (let at = 0; at < pixels.length; at++) {
    const value = values[channels === 1 ? Math.floor(at / 3) : at] ?? 0;
    const share = extent > 0 ? Math.max(-1, Math.min(1, value / extent)) : 0;
    pixels[at] = Math.round(127.5 * (1 + share));
  }
  return { width, height, pixels };
}

function painted(
  values: ArrayLike<number>,
  width: number,
  colours: readonly Colour[],
  placeOf: (value: number) => number,
): Picture {
  const pixels = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const place = Math.min(1, Math.max(0, placeOf(values[i] ?? 0)));
    pixels.set(colours[Math.round(place * (colours.length - 1))] ?? [0, 0, 0], i * 3);
  }
  return { width, height: values.length / width, pixels };
}

function bytesOf(colour: string): Colour {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return [red, green, blue];
}
