import type { ChartBasis } from '../charts/chart-kind.ts';
import { chartKind, chartWord, type FigureChart } from '../charts/kinds/registry.ts';
import type { FigureSource } from '../runs/run-source.ts';
import type { FigureSpecification } from './figure-specification.ts';
import { figureStyleSchema, type FigureStyle } from './figure-style.ts';
import { PANEL_PARTS, type PanelStyle, panelStyleSchema } from './panel-schema.ts';

/** A panel with all that it is drawn from. */
export interface WholePanel {
  readonly source: FigureSource;
  readonly chart: FigureChart;
  readonly settings?: FigureSpecification['settings'];
  /** The figure's with what is the panel's own. */
  readonly style: FigureStyle;
}

/** Every panel of a figure; of one without panels its chart. */
export function panelsOf({ source, chart, settings, style, panels = [] }: FigureSpecification): WholePanel[] {
  return [
    { source, chart, settings, style },
    ...panels.map((panel) => ({
      ...{ source: panel.source ?? source, chart: panel.chart, settings: panel.settings },
      style: panelStyle(style, panel.style),
    })),
  ];
}

function panelStyle(whole: FigureStyle, own: PanelStyle): FigureStyle {
  const common = Object.fromEntries(
    Object.entries(whole).filter(([part]) => !(PANEL_PARTS as readonly string[]).includes(part)),
  );
  return figureStyleSchema.parse({ ...common, ...own });
}

/** A figure with these panels, of which there is at least one: its paper and colours are those of the figure before. */
export function withPanels(
  { style, layout }: Pick<FigureSpecification, 'style' | 'layout'>,
  [first, ...further]: readonly [WholePanel, ...WholePanel[]],
): FigureSpecification {
  return {
    ...(layout && { layout }),
    ...{ source: first.source, chart: first.chart, style: panelStyle(style, ownStyle(first.style)) },
    ...(first.settings && { settings: first.settings }),
    ...(further.length > 0 && {
      panels: further.map(({ source, chart, settings, style: own }) => ({
        ...(JSON.stringify(source) !== JSON.stringify(first.source) && { source }),
        ...{ chart, style: ownStyle(own) },
        ...(settings && { settings }),
      })),
    }),
  };
}

function ownStyle(style: FigureStyle): PanelStyle {
  return panelStyleSchema.parse(
    Object.fromEntries(
      PANEL_PARTS.filter((part) => style[part] !== undefined).map((part) => [part, style[part]]),
    ),
  );
}

/** What a file of a figure is called by itself: `heat-map`. */
export function figureWord({ chart, panels }: Pick<FigureSpecification, 'chart' | 'panels'>): string {
  return panels ? 'panels' : chartWord(chartKind(chart));
}

/** What the charts of a figure are drawn from. */
export function basesOf(figure: FigureSpecification): readonly ChartBasis[] {
  return panelsOf(figure).map(({ chart }) => chartKind(chart).basis);
}

/** `c` of the third panel. */
export function letterOf(place: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + place);
}

/** `(c)`, `C` …: what is written at the third panel; empty where nothing is. */
export function writtenLetter(place: number, { letters }: Pick<FigureStyle, 'letters'>): string {
  if (letters === 'none') return '';
  const letter = letterOf(place);
  return letters.replace('a', letter).replace('A', letter.toUpperCase());
}
