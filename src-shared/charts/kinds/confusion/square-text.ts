import { textWidth } from '../../text-width.ts';
import type { MatrixLook } from './matrix-look.ts';

/** Smaller letters, in points, cannot be read on paper; LaTeX's fonts have none. */
const LEAST_TEXT = 4.5;

/**
 * The number in a square and the size of its letters: with a decimal where the square has room for it. Null
 * where there is nothing to say, and where it could not be read.
 *
 * @param side of the square, in the unit of the font's size.
 */
export function squareText(
  share: number | null,
  { text: write }: Pick<MatrixLook, 'text'>,
  side: number,
  fontSize: number,
): { readonly text: string; readonly size: number } | null {
  if (share === null || share === 0) return null;
  const text = write(share, share >= 0.9995 || side < 2.2 * fontSize ? 0 : 1);
  if (text === '') return null;
  const size = Math.min(0.85 * fontSize, (0.8 * side) / textWidth(text, 1), 0.7 * side);
  return size < LEAST_TEXT ? null : { text, size };
}
