import { type FigureSize, svgOf } from './draw-svg.ts';
import { roundedPoints } from './rounded-points.ts';

/** A drawing and where it is in another one, in points. */
export interface SvgPart {
  readonly svg: string;
  readonly left: number;
  readonly top: number;
}

/** Drawings of ours in one. What they name (gradients, edges that cut) keeps a name of its own. */
export function joinSvgs(parts: readonly SvgPart[], size: FigureSize, background: string): string {
  const inner = parts.map(({ svg, left, top }, place) => {
    const content = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
    const own = content.replaceAll(/(id="|url\(#|href="#)zr-/g, `$1p${place}-`);
    return `<g transform="translate(${roundedPoints(left)},${roundedPoints(top)})">${own}</g>`;
  });
  const rest = `<rect width="${size.width}" height="${size.height}" fill="${background}"></rect>`;
  return svgOf(size, [rest, ...inner].join('\n'));
}
