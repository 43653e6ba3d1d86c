import { roundedAt } from '../../numbers.ts';
import type { Curve } from './curve.ts';
import { HEAD, type Shape } from './draw-graph.ts';

/** Attributes of SVG, by name. */
export type Attributes = Readonly<Record<string, string | number>>;

export interface SvgElement {
  readonly tag: 'rect' | 'text' | 'path';
  readonly attributes: Attributes;
  readonly text: string;
}

/** Of a font's size, from the middle of a line down to its baseline, as not all that reads SVG knows of middles. */
const TO_BASELINE = 0.35;
const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;

/** A shape in plain SVG, which Inkscape and LaTeX's converters read as browsers do. */
export function svgElement(shape: Shape): SvgElement {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, radius, fill, stroke, lineWidth, isDashed } = shape;
      const edge = stroke === '' ? {} : { stroke, 'stroke-width': lineWidth };
      const dash = isDashed ? { 'stroke-dasharray': '4 3' } : {};
      return element('rect', {
        ...{ x: round(x), y: round(y), width: round(width), height: round(height) },
        rx: radius,
        fill,
        ...edge,
        ...dash,
      });
    }
    case 'words': {
      const { text, x, y, size, isBold, align, fill } = shape;
      const weight = isBold ? { 'font-weight': 600 } : {};
      const place = { x: round(x), y: round(y + TO_BASELINE * size) };
      return element(
        'text',
        { ...place, 'font-size': size, ...weight, 'text-anchor': ANCHORS[align], fill },
        text,
      );
    }
    case 'line': {
      const { curve, stroke, lineWidth } = shape;
      return element('path', { d: pathOf(curve), fill: 'none', stroke, 'stroke-width': lineWidth });
    }
    case 'head': {
      const [x, y] = shape.at.map(round);
      const { half, length } = HEAD;
      return element('path', { d: `M${x} ${y}l${-half} ${-length}h${2 * half}z`, fill: shape.fill });
    }
  }
}

function pathOf({ start, bends }: Curve): string {
  const point = (at: readonly number[]): string => at.map(round).join(' ');
  const curves = bends.map(
    ({ controls: [first, second], end }) => `C${point(first)} ${point(second)} ${point(end)}`,
  );
  return `M${point(start)}${curves.join('')}`;
}

function element(tag: SvgElement['tag'], attributes: Attributes, text = ''): SvgElement {
  return { tag, attributes, text };
}

function round(value: number): number {
  return roundedAt(value, 2);
}
