/** Height of a line of words, and of one that is tilted, in font sizes. */
const LINE = 1.1;

/**
 * Labels that stand closer to each other than a line is high, with gaps: every second one, every third one, so that those
 * which are left can be read. The first is always there.
 *
 * @param spacing from one label to the next, in the unit of the font's size.
 */
export function thinLabels(labels: readonly string[], spacing: number, fontSize: number): string[] {
  const step = Math.max(1, Math.ceil((LINE * fontSize) / Math.max(spacing, 1e-6)));
  return labels.map((label, place) => (place % step === 0 ? label : ''));
}
