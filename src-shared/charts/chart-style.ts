/** An ECharts option, or a part of one. */
export type ChartOption = Readonly<Record<string, unknown>>;

/** What an axis shows at least, in its own units. */
export type AxisRange = readonly [low: number, high: number];

/** Those of the axes of numbers. */
export interface AxisRanges {
  readonly xRange?: AxisRange | undefined;
  readonly yRange?: AxisRange | undefined;
}

/** How a chart looks. Lengths are in one unit: pixels on the page, points in a figure. */
export interface ChartStyle extends AxisRanges {
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

/** The parts of the option that every chart has. */
export function baseOption(style: ChartStyle): ChartOption {
  const { background, ink } = inksOf(style);
  return {
    animation: false,
    backgroundColor: background,
    textStyle: { fontFamily: style.fontFamily, fontSize: style.fontSize, color: ink },
  };
}
