import type { Box } from './plot-frame.ts';

export interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface PlacedLabel extends Anchor {
  readonly align: 'left' | 'center' | 'right';
}

const GAP = 10;
/** Wide enough for Arial and for the wider DejaVu Sans that stands in for it. */
const WIDTH_PER_LETTER = 0.6;

/**
 * Puts each label beside its anchor where it covers no obstacle, no other label and no edge of the frame;
 * one that fits nowhere is left out. Earlier anchors choose first.
 */
export function placeLabels(
  anchors: readonly Anchor[],
  obstacles: readonly Box[],
  frame: Box,
  fontSize: number,
): PlacedLabel[] {
  const taken = [...obstacles];
  const placed: PlacedLabel[] = [];
  for (const anchor of anchors) {
    const size = { width: anchor.text.length * fontSize * WIDTH_PER_LETTER, height: fontSize * 1.3 };
    const free = candidates(anchor, size).find(
      ({ box }) => inside(box, frame) && !taken.some((other) => overlap(box, other)),
    );
    if (!free) continue;
    taken.push(free.box);
    placed.push(free.label);
  }
  return placed;
}

interface Candidate {
  readonly label: PlacedLabel;
  readonly box: Box;
}

function candidates(anchor: Anchor, { width, height }: { width: number; height: number }): Candidate[] {
  const at = (dx: number, dy: number): Candidate => {
    const [x, y] = [anchor.x + dx, anchor.y + dy];
    const align = dx === 0 ? 'center' : dx > 0 ? 'left' : 'right';
    const left = x - (align === 'center' ? width / 2 : align === 'left' ? 0 : width);
    return { label: { x, y, text: anchor.text, align }, box: { left, top: y - height / 2, width, height } };
  };
  const near = [at(-GAP, -8), at(-GAP, 0), at(GAP + 3, 8), at(GAP + 3, 0), at(GAP + 3, -8), at(-GAP, 8)];
  const far = [14, 20].flatMap((dy) => [at(-4, -dy), at(4, dy), at(0, -dy), at(0, dy)]);
  return [...near, ...far];
}

function inside(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left &&
    box.top >= frame.top &&
    box.left + box.width <= frame.left + frame.width &&
    box.top + box.height <= frame.top + frame.height
  );
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}
