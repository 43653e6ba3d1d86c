import { htmlText } from '../../html-text.ts';
import type { GraphLayout } from './graph-layout.ts';
import { type GraphLook, groundShapes, nodeShapes, type Shape } from './draw-graph.ts';
import type { LegendShapes } from './legend-shapes.ts';
import { type SvgElement, svgElement } from './svg-shapes.ts';

const MARGIN = 14;

/** A drawing below its legend as a file of its own, in plain SVG: a unit is a CSS pixel. */
export function graphSvg(layout: GraphLayout, look: GraphLook, legend: LegendShapes): string {
  const top = -legend.height - MARGIN;
  const shapes = [
    ...legend.shapes.map((shape) => movedDown(shape, top)),
    ...groundShapes(layout, look),
    ...layout.nodes.flatMap((node) => nodeShapes(node, look)),
  ];
  const width = Math.ceil(layout.width + 2 * MARGIN);
  const height = Math.ceil(layout.height - top + 2 * MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${width}" height="${height}" ` +
      `viewBox="${-MARGIN} ${top - MARGIN} ${width} ${height}" font-family="'Source Sans 3', Inter, Helvetica, Arial, sans-serif">`,
    ...shapes.map(svgElement).map(written),
    '</svg>',
    '',
  ].join('\n');
}

/** Shapes of a legend are boxes and words. */
function movedDown(shape: Shape, by: number): Shape {
  return 'y' in shape ? { ...shape, y: shape.y + by } : shape;
}

function written({ tag, attributes, text }: SvgElement): string {
  const words = Object.entries(attributes).map(([name, value]) => ` ${name}="${htmlText(String(value))}"`);
  return text === '' ? `<${tag}${words.join('')}/>` : `<${tag}${words.join('')}>${htmlText(text)}</${tag}>`;
}
