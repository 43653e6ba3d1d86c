import { textFile } from '../../files/exported-file.ts';
import { alone, type FigureFormat, warningOf } from './format.ts';

export const svg: FigureFormat = {
  ...{ name: 'svg', ending: 'svg', title: 'SVG', about: 'for the web and for vector editors' },
  draws: ['runs', 'analyses'],
  isPreview: true,
  joinsPanels: true,
  render: async (figure) => {
    const [{ drawGathered }, { withProvenance }] = await Promise.all([
      import('../draw-gathered.ts'),
      import('../svg-figure.ts'),
    ]);
    const { name, provenance } = figure;
    const { svg: drawn, unmet } = drawGathered(figure);
    const text = withProvenance(drawn, provenance);
    return alone(textFile(`${name}.svg`, 'image/svg+xml', text), warningOf(unmet));
  },
};
