import { provenanceText } from '../provenance.ts';
import { alone, drawingOf, type FigureFormat, warningOf } from './format.ts';

export const png: FigureFormat = {
  ...{ name: 'png', ending: 'png', title: 'PNG', about: 'a bitmap at the chosen resolution' },
  draws: ['runs', 'analyses'],
  render: async (figure) => {
    const { name, provenance } = figure;
    const [{ drawFigure }, { drawPng }, { fontWarning }] = await Promise.all([
      import('../svg-figure.ts'),
      import('../draw-png.ts'),
      import('../font-letters.ts'),
    ]);
    const { style } = provenance.specification;
    const { svg, unmet } = drawFigure(drawingOf(figure), style);
    const bytes = await drawPng(svg, style.dpi, provenanceText(provenance));
    return alone(
      { fileName: `${name}.png`, mediaType: 'image/png', bytes },
      warningOf([...unmet, fontWarning(svg)]),
    );
  },
};
