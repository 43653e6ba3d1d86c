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
  const line = width * factor * 3;
  const larger = new Uint8Array(line * height * factor);
  for (let y = 0; y < height; y++) {
    const first = y * factor * line;
    for (let x = 0; x < width * factor; x++) {
      const from = (y * width + Math.floor(x / factor)) * 3;
      larger[first + x * 3] = pixels[from] ?? 0;
      larger[first + x * 3 + 1] = pixels[from + 1] ?? 0;
      larger[first + x * 3 + 2] = pixels[from + 2] ?? 0;
    }
    for (let copy = 1; copy < factor; copy++) larger.copyWithin(first + copy * line, first, first + line);
  }
  return { width: width * factor, height: height * factor, pixels: larger };
}

/** Enlarged by a whole factor until its shorter side has so many pixels. */
export function enlargeTo(picture: Picture, side: number): Picture {
  return enlarge(picture, Math.max(1, Math.ceil(side / Math.min(picture.width, picture.height))));
}
