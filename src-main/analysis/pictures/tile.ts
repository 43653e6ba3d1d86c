import { type Colour, paste, type Picture, plainPicture } from './picture.ts';

const BACKGROUND: Colour = [255, 255, 255];

/**
 * Pictures in rows and columns; a column is as wide as its widest picture, a row as high as its highest. Places may
 * stay empty: rows need not be equally long.
 * @param gap pixels between two pictures
 */
export function tile(rows: readonly (readonly Picture[])[], gap: number): Picture {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => row[column]?.width ?? 0)),
  );
  const heights = rows.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const [lefts, width] = places(widths, gap);
  const [tops, height] = places(heights, gap);
  const whole = plainPicture(Math.max(1, width), Math.max(1, height), BACKGROUND);
  for (const [place, row] of rows.entries())
    for (const [column, picture] of row.entries())
      paste(whole, picture, lefts[column] ?? 0, tops[place] ?? 0);
  return whole;
}

/** Pictures one after another, so many in a row. */
export function inRows(pictures: readonly Picture[], columns: number): Picture[][] {
  return Array.from({ length: Math.ceil(pictures.length / columns) }, (_, row) =>
    pictures.slice(row * columns, (row + 1) * columns),
  );
}

/** Where each extent begins, and where the last one ends. */
function places(extents: readonly number[], gap: number): [starts: number[], end: number] {
  let at = 0;
  const starts = extents.map((extent) => {
    const start = at;
    at += extent + gap;
    return start;
  });
  return [starts, Math.max(0, at - gap)];
}
