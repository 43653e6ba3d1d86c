/** What a line of words needs, and one that is tilted, from the next one, in font sizes. */
const LINE = 1.1;
export const TILTED_LINE = 1.3;

/**
 * Labels that stand closer to each other than a line is high, with gaps: every second one, every third one, so that those
 * which are left can be read. The first is always there.
 *
 * @param spacing from one label to the next, in the unit of the font's size.
 * @param isTilted whether the labels stand at 45 degrees
 */
export function thinLabels(
  labels: readonly string[],
  spacing: number,
  fontSize: number,
  isTilted = false,
): string[] {
  const needed = (isTilted ? TILTED_LINE : LINE) * fontSize;
  const step = Math.max(1, Math.ceil(needed / Math.max(spacing, 1e-6)));
  return labels.map((label, place) => (place % step === 0 ? label : ''));
}
