import { provenanceText } from '../provenance.ts';
import { alone, type FigureFormat, warningOf } from './format.ts';

export const png: FigureFormat = {
  ...{ name: 'png', ending: 'png', title: 'PNG', about: 'a bitmap at the chosen resolution' },
  draws: ['runs', 'analyses'],
  joinsPanels: true,
  render: async (figure) => {
    const { name, provenance } = figure;
    const [{ drawGathered }, { drawPng }, { fontWarning }] = await Promise.all([
      import('../draw-gathered.ts'),
      import('../draw-png.ts'),
      import('../font-letters.ts'),
    ]);
    const { svg, unmet } = drawGathered(figure);
    const { dpi } = provenance.specification.style;
    const bytes = await drawPng(svg, dpi, provenanceText(provenance));
    return alone(
      { fileName: `${name}.png`, mediaType: 'image/png', bytes },
      warningOf([...unmet, fontWarning(svg)]),
    );
  },
};
