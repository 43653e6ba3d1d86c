import type { Box } from './plot-frame.ts';
import { textWidth } from './text-width.ts';

export interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface PlacedLabel extends Anchor {
  readonly align: 'left' | 'center' | 'right';
}

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
    const size = { width: textWidth(anchor.text, fontSize), height: fontSize * 1.3 };
    const free = candidates(anchor, size, fontSize).find(
      ({ box }) => isWithin(box, frame) && !taken.some((other) => areOver(box, other)),
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

function candidates(
  anchor: Anchor,
  { width, height }: { width: number; height: number },
  fontSize: number,
): Candidate[] {
  const gap = fontSize;
  const at = (dx: number, dy: number): Candidate => {
    const [x, y] = [anchor.x + dx, anchor.y + dy];
    const align = dx === 0 ? 'center' : dx > 0 ? 'left' : 'right';
    const left = x - (align === 'center' ? width / 2 : align === 'left' ? 0 : width);
    return { label: { x, y, text: anchor.text, align }, box: { left, top: y - height / 2, width, height } };
  };
  const near = [-0.8, 0, 0.8].flatMap((dy) => [at(-gap, dy * fontSize), at(1.3 * gap, -dy * fontSize)]);
  const far = [1.4, 2].flatMap((dy) =>
    [-0.4, 0, 0.4].flatMap((dx) => [-dy, dy].map((side) => at(dx * fontSize, side * fontSize))),
  );
  return [...near, ...far];
}

export function isWithin(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left &&
    box.top >= frame.top &&
    box.left + box.width <= frame.left + frame.width &&
    box.top + box.height <= frame.top + frame.height
  );
}

export function areOver(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}
