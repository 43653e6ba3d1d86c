import { textFile } from '../../files/exported-file.ts';
import { alone, drawingOf, type FigureFormat } from './format.ts';

export const svg: FigureFormat = {
  ...{ name: 'svg', ending: 'svg', title: 'SVG', about: 'for the web and for vector editors' },
  draws: ['runs', 'analyses'],
  isPreview: true,
  render: async (figure) => {
    const { svgFigure } = await import('../svg-figure.ts');
    const text = svgFigure(drawingOf(figure), figure.provenance);
    return alone(textFile(`${figure.name}.svg`, 'image/svg+xml', text));
  },
};
