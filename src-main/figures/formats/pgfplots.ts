import { withChosenLook } from '../../../src-shared/charts/latex/chosen-look.ts';
import { pgfDocument } from '../../../src-shared/charts/latex/pgf-document.ts';
import { texFile } from '../tex-file.ts';
import { drawingOf, type FigureFormat } from './format.ts';

/** A LaTeX document that draws the chart with pgfplots, all its numbers in it. */
export const pgfplots: FigureFormat = {
  ...{ name: 'pgfplots', ending: 'tex', title: 'pgfplots' },
  about: 'TeX code, typeset in the fonts of the paper',
  draws: ['runs', 'analyses'],
  render: async (figure) => {
    const { name, provenance } = figure;
    const { chartStyle } = await import('../svg-figure.ts');
    const chart = drawingOf(figure);
    const style = chartStyle(chart, provenance.specification.style);
    const drawn = withChosenLook(chart.pgfplots(style, name), style, chart.option(style));
    return texFile(name, pgfDocument(drawn, style, provenance.notes), provenance, drawn.files);
  },
};
