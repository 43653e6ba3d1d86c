import { panelsOf, withPanels } from '../../../src-shared/figures/figure-panels.ts';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { checkedFigure, readSpecification } from './read-specification.ts';
import { drawSpecified } from './redraw.ts';
import { styleOf } from './style-option.ts';

/** What is said of a figure of several panels; besides its style, by the names of its options. */
export interface PanelsOptions extends Readonly<Record<string, unknown>> {
  readonly output: string;
  readonly format?: string;
  readonly columns?: number;
  readonly share?: string;
  readonly commonLegend?: boolean;
}

/** Draws the figures of files as the panels of one. @throws Problem */
export async function drawPanelsOf(
  storeFile: string,
  files: readonly string[],
  options: PanelsOptions,
): Promise<void> {
  await drawSpecified(storeFile, joined(files.map(readSpecification), options), options);
}

/** Paper, colours and names are those of the first figure that has them, as far as options say nothing else. */
function joined(figures: readonly FigureSpecification[], options: PanelsOptions): FigureSpecification {
  const [first, ...more] = figures.flatMap(panelsOf);
  const [figure] = figures;
  if (!figure || !first || more.length === 0)
    throw new Problem('usage', 'A figure of panels needs two figures or more: name their files.');
  const named = (part: 'names' | 'colours' | 'order'): object =>
    Object.assign({}, ...figures.map(({ style }) => style[part]).toReversed()) as object;
  const { columns, share, commonLegend } = options;
  const layout = {
    ...figure.layout,
    ...(columns !== undefined && { columns }),
    ...(share !== undefined && { share }),
    ...(commonLegend !== undefined && { commonLegend }),
  };
  const whole = withPanels(figure, [first, ...more]);
  return checkedFigure(
    {
      ...whole,
      layout,
      style: {
        ...{ ...whole.style, names: named('names'), colours: named('colours'), order: named('order') },
        ...styleOf(options),
      },
    },
    'Cannot draw the figure:',
  );
}
