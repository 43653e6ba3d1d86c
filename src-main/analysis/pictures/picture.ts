/** An RGB picture, three bytes a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

export function plainPicture(width: number, height: number, colour: Colour): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at += 3) pixels.set(colour, at);
  return { width, height, pixels };
}

/** Draws `source` into `target` with its corner at (left, top); it must lie inside. */
export function paste(target: Picture, source: Picture, left: number, top: number): void {
  for (let row = 0; row < source.height; row++) {
    const line = source.pixels.subarray(row * source.width * 3, (row + 1) * source.width * 3);
    target.pixels.set(line, ((top + row) * target.width + left) * 3);
  }
}

/** Each pixel becomes a square: nothing is smoothed, so that a value can be read off. */
export function enlarge({ width, height, pixels }: Picture, factor: number): Picture {
  const larger = plainPicture(width * factor, height * factor, [0, 0, 0]);
  for (let y = 0; y < larger.height; y++) {
    for (let x = 0; x < larger.width; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
      larger.pixels.set(pixels.subarray(from, from + 3), (y * larger.width + x) * 3);
    }
  }
  return larger;
}

/** Enlarged by a whole factor until its shorter side has so many pixels. */
export function enlargeTo(picture: Picture, side: number): Picture {
  return enlarge(picture, Math.max(1, Math.ceil(side / Math.min(picture.width, picture.height))));
}
