import { provenanceText } from '../provenance.ts';
import { alone, type FigureFormat, warningOf } from './format.ts';

export const pdf: FigureFormat = {
  ...{ name: 'pdf', ending: 'pdf', title: 'PDF', about: 'for a paper, with embedded fonts' },
  draws: ['runs', 'analyses'],
  joinsPanels: true,
  render: async (figure) => {
    const { name, provenance } = figure;
    const [{ drawGathered }, { figureTitle }, { drawPdf }, { fontWarning }] = await Promise.all([
      import('../draw-gathered.ts'),
      import('../svg-figure.ts'),
      import('../draw-pdf.ts'),
      import('../font-letters.ts'),
    ]);
    const { svg, style, unmet } = drawGathered(figure);
    const bytes = await drawPdf(svg, style, {
      ...{ title: figureTitle(provenance.specification), keywords: provenanceText(provenance) },
    });
    return alone(
      { fileName: `${name}.pdf`, mediaType: 'application/pdf', bytes },
      warningOf([...unmet, fontWarning(svg)]),
    );
  },
};
