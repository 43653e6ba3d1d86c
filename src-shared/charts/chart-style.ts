import type { ColourChoice } from './palette.ts';

/** An ECharts option, or a part of one. */
export type ChartOption = Readonly<Record<string, unknown>>;

/** The series of an option; none where it has no list of them. */
export function seriesOf({ series }: ChartOption): readonly ChartOption[] {
  return Array.isArray(series) ? (series as readonly ChartOption[]) : [];
}

/** What an axis shows at least, in its own units. */
export type AxisRange = readonly [low: number, high: number];

/** Those of the axes of numbers. */
export interface AxisRanges {
  readonly xRange?: AxisRange | undefined;
  readonly yRange?: AxisRange | undefined;
}

/** What is chosen of an axis, instead of what the chart would do by itself. */
export interface AxisChoice {
  readonly title?: string | undefined;
  readonly scale?: 'linear' | 'log' | undefined;
  readonly isReversed?: boolean | undefined;
  /** It shows exactly this; what lies beyond is cut off. */
  readonly limits?: AxisRange | undefined;
  /** Values that lie on it besides the data: those of reference lines. */
  readonly beside?: readonly number[] | undefined;
  /** It has ticks without words: those of the panel beside it count. */
  readonly isBare?: boolean;
}

/** A mark of a legend. */
export interface LegendMark {
  readonly width: number;
  readonly draw: (middle: readonly [x: number, y: number]) => ChartOption;
}

/** One entry of a legend: a mark with its words, or (without a mark) the name of what the next ones tell apart. */
export interface LegendEntry {
  readonly label: string;
  readonly mark: LegendMark | null;
}

/** From the edges of a chart to its plot. */
export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const NO_INSETS: Insets = { left: 0, top: 0, right: 0, bottom: 0 };

export const LEGEND_PLACES = ['top', 'right', 'bottom', 'none'] as const;
export type LegendPlace = (typeof LEGEND_PLACES)[number];

/** How a chart looks. Lengths are in one unit: pixels on the page, points in a figure. */
export interface ChartStyle extends AxisRanges, ColourChoice {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly fontFamily: string;
  readonly fontSize: number;
  /** Of the lines that show data; axes are half as wide. */
  readonly lineWidth: number;
  /** Of a line as thin as a screen can show it; absent on paper. */
  readonly hairWidth?: number;
  /** With tooltips, crosshair and zoom. */
  readonly interactive: boolean;
  /** Above the chart; empty for none. */
  readonly title: string;
  /** Whether the words that say what the marks are (mean, interval, n) stand above the chart. */
  readonly notes: boolean;
  readonly xAxis?: AxisChoice;
  readonly yAxis?: AxisChoice;
  /** Above the plot where nothing is chosen. */
  readonly legend?: LegendPlace | undefined;
  /** Takes the entries of the legend, which then is not drawn: panels may have one together. */
  readonly takeLegend?: (entries: readonly LegendEntry[]) => void;
  /** Is told what the words above the chart would say of its marks, whether they are drawn or not. */
  readonly takeNotes?: (notes: readonly string[]) => void;
  /** Of one panel among several, before its title. */
  readonly letter?: { readonly text: string; readonly isBold: boolean };
  /** How much is free around the plot at least, so that the plots of panels stand in rows and columns. */
  readonly insets?: Insets;
  /** What words of the legend, of axes and above panels are called instead. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Drawn over a figure; not on a page. */
  readonly lines?: readonly ReferenceRule[];
  readonly annotations?: readonly Annotation[];
}

/** A line across the plot at a place of an axis: a number in its units, or what is written there. */
export interface ReferenceRule {
  readonly axis: 'x' | 'y';
  readonly at: string;
  readonly label: string;
}

/** Words at a place of the plot. */
export interface Annotation {
  readonly x: string;
  readonly y: string;
  readonly text: string;
}

/** What a text is called in this style. */
export function nameIn({ names = {} }: Pick<ChartStyle, 'names'>, text: string): string {
  return (Object.hasOwn(names, text) ? names[text] : undefined) ?? text;
}

export interface Inks {
  readonly background: string;
  readonly ink: string;
  readonly faint: string;
  readonly rule: string;
  /** Fill of what is not there. */
  readonly empty: string;
}

const INKS: Readonly<Record<ChartStyle['theme'], Inks>> = {
  light: { background: '#ffffff', ink: '#1a1a1a', faint: '#5f5f5f', rule: '#d9d9d9', empty: '#f4f4f4' },
  dark: { background: '#15171a', ink: '#ededed', faint: '#a3a7ad', rule: '#383c42', empty: '#1f2226' },
};

export function inksOf({ theme }: Pick<ChartStyle, 'theme'>): Inks {
  return INKS[theme];
}

/** What an axis is called in this style. */
export function axisTitle(style: ChartStyle, side: 'x' | 'y', name: string): string {
  return style[`${side}Axis`]?.title ?? nameIn(style, name);
}

/** The parts of the option that every chart has. */
export function baseOption(style: ChartStyle): ChartOption {
  const { background, ink } = inksOf(style);
  return {
    animation: false,
    backgroundColor: background,
    textStyle: { fontFamily: style.fontFamily, fontSize: style.fontSize, color: ink },
  };
}
