import { textFile } from '../../files/exported-file.ts';
import { alone, drawingOf, type FigureFormat, warningOf } from './format.ts';

export const svg: FigureFormat = {
  ...{ name: 'svg', ending: 'svg', title: 'SVG', about: 'for the web and for vector editors' },
  draws: ['runs', 'analyses'],
  isPreview: true,
  render: async (figure) => {
    const { drawFigure, withProvenance } = await import('../svg-figure.ts');
    const { name, provenance } = figure;
    const { svg: drawn, unmet } = drawFigure(drawingOf(figure), provenance.specification.style);
    const text = withProvenance(drawn, provenance);
    return alone(textFile(`${name}.svg`, 'image/svg+xml', text), warningOf(unmet));
  },
};
