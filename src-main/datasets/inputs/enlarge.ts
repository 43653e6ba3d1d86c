export interface RawPicture {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
  readonly pixels: Uint8Array;
}

/**
 * A larger picture, bilinear between the centres of the pixels, first along the rows and then along the columns, rounded
 * after each, as Pillow does it: what libvips enlarges lies half a pixel aside.
 */
export function enlarge(picture: RawPicture, width: number, height: number): RawPicture {
  const rows = new Uint8Array(width * picture.height * 3);
  blend(picture.pixels, rows, { from: picture.width, to: width, lines: picture.height, inner: 3 });
  const pixels = new Uint8Array(width * height * 3);
  blend(rows, pixels, { from: picture.height, to: height, lines: 1, inner: 3 * width });
  return { width, height, pixels };
}

interface Axis {
  readonly from: number;
  readonly to: number;
  /** Repetitions outside of the axis, and values of one place on it. */
  readonly lines: number;
  readonly inner: number;
}

function blend(source: Uint8Array, target: Uint8Array, { from, to, lines, inner }: Axis): void {
  for (let place = 0; place < to; place++) {
    const centre = Math.min(from - 1, Math.max(0, ((place + 0.5) * from) / to - 0.5));
    const first = Math.floor(centre);
    const second = Math.min(from - 1, first + 1);
    const share = centre - first;
    for (let line = 0; line < lines; line++)
      for (let at = 0; at < inner; at++) {
        const one = source[(line * from + first) * inner + at] ?? 0;
        const other = source[(line * from + second) * inner + at] ?? 0;
        target[(line * to + place) * inner + at] = Math.round(one + share * (other - one));
      }
  }
}
