type Shape = readonly [height: number, width: number, channels: number];

/** Which pixels of a side a place of the shrunken side covers, and with what share each. */
interface Cover {
  readonly first: number;
  readonly shares: readonly number[];
}

/** Covers of equal length: a side of 28 brought to 32 has covers of 7/8 of a pixel. */
function covers(side: number, to: number): Cover[] {
  return Array.from({ length: to }, (_, place) => {
    const [from, end] = [(place * side) / to, ((place + 1) * side) / to];
    const first = Math.floor(from + 1e-9);
    const last = Math.ceil(end - 1e-9);
    const shares = Array.from({ length: last - first }, (_, index) => {
      const pixel = first + index;
      return ((Math.min(end, pixel + 1) - Math.max(from, pixel)) * to) / side;
    });
    return { first, shares };
  });
}

/** Brings images to a side by the mean of what each pixel covers, without rounding. */
export interface Shrinker {
  /** to x to x channels values. @param image height x width x channels; valid until the next call */
  shrink(image: Uint8Array): Float64Array;
}

export function createShrinker([height, width, channels]: Shape, to: number): Shrinker {
  const [rows, columns] = [covers(height, to), covers(width, to)];
  const across = new Float64Array(height * to * channels);
  const shrunken = new Float64Array(to * to * channels);
  return {
    shrink: (image) => {
      let at = 0;
      for (let y = 0; y < height; y++)
        for (const { first, shares } of columns)
          for (let channel = 0; channel < channels; channel++) {
            let sum = 0;
            for (let index = 0; index < shares.length; index++)
              sum +=
                (shares[index] as number) *
                (image[(y * width + first + index) * channels + channel] as number);
            across[at++] = sum;
          }
      const row = to * channels;
      at = 0;
      for (const { first, shares } of rows)
        for (let x = 0; x < row; x++) {
          let sum = 0;
          for (let index = 0; index < shares.length; index++)
            sum += (shares[index] as number) * (across[(first + index) * row + x] as number);
          shrunken[at++] = sum;
        }
      return shrunken;
    },
  };
}
