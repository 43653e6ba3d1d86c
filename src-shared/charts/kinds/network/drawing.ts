import { baseOption, type ChartOption, type ChartStyle, nameIn } from '../../chart-style.ts';
import { HEAD, type Shape } from '../../network/draw-graph.ts';
import type { NetworkData } from './data.ts';
import { placedNetwork } from './placed-network.ts';

/** The boxes and lines of the drawing below the heading and the legend of its colours. */
export function networkOption(data: NetworkData, style: ChartStyle): ChartOption {
  const { head, parts } = placedNetwork(data, style);
  return {
    ...baseOption(style),
    graphic: {
      elements: [
        ...head.elements,
        ...parts.map(({ shapes, scale, left, top }) => ({
          ...{ type: 'group', x: left, y: top, scaleX: scale, scaleY: scale, silent: true },
          children: shapes.flatMap((shape) => elementsOf(shape, style)),
        })),
      ],
    },
  };
}

function elementsOf(shape: Shape, style: ChartStyle): ChartOption[] {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, radius, fill, stroke, lineWidth, isDashed } = shape;
      return [
        {
          ...{ type: 'rect', shape: { x, y, width, height, r: radius } },
          style: {
            fill,
            ...(stroke !== '' && { stroke, lineWidth, ...(isDashed && { lineDash: [4, 3] }) }),
          },
        },
      ];
    }
    case 'words': {
      const { text, x, y, size, isBold, align, fill } = shape;
      return [
        {
          ...{ type: 'text', x, y },
          style: {
            ...{ text: nameIn(style, text), fill, align, verticalAlign: 'middle' },
            ...{ fontSize: size, fontFamily: style.fontFamily, fontWeight: isBold ? 'bold' : 'normal' },
          },
        },
      ];
    }
    case 'line': {
      const { curve, stroke, lineWidth } = shape;
      return curve.bends.map(({ controls: [first, second], end }, place) => {
        const [x1, y1] = place === 0 ? curve.start : (curve.bends[place - 1]?.end ?? curve.start);
        return {
          type: 'bezierCurve',
          shape: {
            ...{ x1, y1, x2: end[0], y2: end[1] },
            ...{ cpx1: first[0], cpy1: first[1], cpx2: second[0], cpy2: second[1] },
          },
          style: { fill: 'none', stroke, lineWidth },
        };
      });
    }
    case 'head': {
      const [x, y] = shape.at;
      const { half, length } = HEAD;
      const points = [
        [x, y],
        [x - half, y - length],
        [x + half, y - length],
      ];
      return [{ type: 'polygon', shape: { points }, style: { fill: shape.fill } }];
    }
  }
}
