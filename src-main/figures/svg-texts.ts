import { textWidth } from '../../src-shared/charts/text-width.ts';

type Point = readonly [x: number, y: number];

/** A text of a drawn figure. */
export interface SvgText {
  readonly text: string;
  /** Where it begins, ends or has its middle, on its baseline. */
  readonly at: Point;
  readonly fontSize: number;
  /** The corners of what its letters cover, which may be tilted. */
  readonly corners: readonly Point[];
}

/** Above and below the baseline, in font sizes; below there are few letters. */
const RISE = 0.7;
const HANGING = /[gjpqyQ,;()[\]{}@$/|]/;

const GROUPS_AND_TEXTS = /<g\b([^>]*)>|<\/g>|<text([^>]*)>([^<]*)<\/text>/g;

/** The texts of an SVG as `svgFigure` or `drawSvg` writes it; their lengths are those of the fonts, or else reckoned. */
export function svgTexts(svg: string): SvgText[] {
  // panels are moved as a whole
  const moved: Point[] = [[0, 0]];
  return [...svg.matchAll(GROUPS_AND_TEXTS)].flatMap(([whole, group, tag = '', content = '']) => {
    const [dx, dy] = moved.at(-1) ?? [0, 0];
    if (group !== undefined) {
      const [, x = '0', y = '0'] = / transform="translate\(([^,]+),([^)]+)\)"/.exec(group) ?? [];
      moved.push([dx + Number(x), dy + Number(y)]);
      return [];
    }
    if (whole === '</g>') {
      moved.pop();
      return [];
    }
    const text = content
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    if (text.trim() === '') return [];
    const number = (name: string): number | null => {
      const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
      return found === undefined ? null : Number(found);
    };
    const fontSize = Number(/font-size:([\d.]+)px/.exec(tag)?.[1] ?? NaN);
    const length = number('textLength') ?? textWidth(text, fontSize);
    const [, anchor = 'start'] = / text-anchor="(\w+)"/.exec(tag) ?? [];
    const start = anchor === 'middle' ? -length / 2 : anchor === 'end' ? -length : 0;
    const within = placing(tag);
    const place = (point: Point): Point => {
      const [x, y] = within(point);
      return [x + dx, y + dy];
    };
    const [x, y] = [number('x') ?? 0, number('y') ?? 0];
    const fall = HANGING.test(text) ? 0.2 : 0.02;
    const corner = (along: number, up: number): Point => place([x + start + along, y - up * fontSize]);
    return [
      {
        ...{ text, fontSize, at: place([x, y]) },
        corners: [corner(0, -fall), corner(length, -fall), corner(length, RISE), corner(0, RISE)],
      },
    ];
  });
}

/** @throws Error for a transformation that is not one of ours */
function placing(tag: string): (point: Point) => Point {
  const [, kind, inside = ''] = / transform="(\w+)\(([^)]*)\)"/.exec(tag) ?? [];
  if (kind === undefined) return (point) => point;
  const numbers = inside.split(/[ ,]+/).map(Number);
  if (kind === 'translate') {
    const [dx = 0, dy = 0] = numbers;
    return ([x, y]) => [x + dx, y + dy];
  }
  if (kind !== 'matrix') throw new Error(`${kind} of a text`);
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return ([x, y]) => [a * x + c * y + e, b * x + d * y + f];
}

/** How deep two texts lie in each other; 0 or less for texts that do not. */
export function overlap(one: SvgText, other: SvgText): number {
  let least = Infinity;
  // by the theorem of separating axes: what is convex can be parted along an edge of one of them
  for (const { corners } of [one, other])
    for (const index of [0, 1]) {
      const edge = between(corners[index], corners[index + 1]);
      const [low, high] = reach(one, edge);
      const [otherLow, otherHigh] = reach(other, edge);
      const depth = Math.min(high, otherHigh) - Math.max(low, otherLow);
      // most are parted along the first, and a drawing has many thousands of pairs
      if (depth <= 0) return depth;
      least = Math.min(least, depth);
    }
  return least;
}

/** The direction from one point to another, of length 1 where they are not the same. */
function between([x, y]: Point = [0, 0], [toX, toY]: Point = [x, y]): Point {
  const length = Math.hypot(toX - x, toY - y) || 1;
  return [(toX - x) / length, (toY - y) / length];
}

/** From where to where a text lies along a direction. */
function reach({ corners }: SvgText, [dx, dy]: Point): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const [x, y] of corners) {
    const along = x * dx + y * dy;
    low = Math.min(low, along);
    high = Math.max(high, along);
  }
  return [low, high];
}

/** How far a text reaches beyond a drawing; 0 or less for one that does not. */
export function beyond(
  { corners }: SvgText,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  return Math.max(...corners.flatMap(([x, y]) => [-x, -y, x - width, y - height]));
}
