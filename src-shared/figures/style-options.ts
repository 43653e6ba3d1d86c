import { orList } from '../lists.ts';
import { LEGEND_PLACES } from '../charts/chart-style.ts';
import { MAP_NAMES, PALETTE_NAMES } from '../charts/palette.ts';
import { Problem } from '../mistakes/problem.ts';
import { CAPTION_PLACES, type FigureStyle, LETTERS, USUAL_STYLE } from './figure-style.ts';
import { JOURNAL_WIDTHS } from './journals.ts';

/** An option of the command that sets a part of a figure's style. */
export interface StyleOption {
  /** Without dashes: `x-range`. */
  readonly option: string;
  /** What stands for its value in the help; absent for a switch. */
  readonly value?: string;
  readonly about: string;
  readonly isList?: true;
  readonly choices?: readonly string[];
  /** The part of the style that words say; those of a switch are none. @throws Problem `usage` */
  readonly read: (words: readonly string[]) => Readonly<Record<string, unknown>>;
  /** The words that say this part of a style; null where it is as usual. */
  readonly write: (style: FigureStyle) => readonly string[] | null;
}

type NameOf<Type> = {
  [Name in keyof FigureStyle]-?: NonNullable<FigureStyle[Name]> extends Type ? Name : never;
}[keyof FigureStyle];

/** A text or a number. */
function plain(name: NameOf<string | number>, option: Omit<StyleOption, 'read' | 'write'>): StyleOption {
  const usual = USUAL_STYLE[name];
  return {
    ...option,
    read: ([word = '']) => ({ [name]: typeof usual === 'number' ? Number(word) : word }),
    write: (style) => (style[name] === usual || style[name] === undefined ? null : [String(style[name])]),
  };
}

function flag(name: NameOf<boolean>, option: Pick<StyleOption, 'option' | 'about'>): StyleOption {
  return {
    ...option,
    read: () => ({ [name]: !USUAL_STYLE[name] }),
    write: (style) => (style[name] === USUAL_STYLE[name] ? null : []),
  };
}

type RangeName = 'xRange' | 'yRange' | 'xLimits' | 'yLimits';

/** `0,100`. */
function range(name: RangeName, option: Pick<StyleOption, 'option' | 'about'>): StyleOption {
  return {
    ...{ ...option, value: 'low,high' },
    read: ([text = '']) => ({ [name]: rangeIn(`--${option.option}`, text) }),
    write: (style) => (style[name] === undefined ? null : [style[name].join(',')]),
  };
}

function rangeIn(option: string, text: string): readonly number[] {
  const numbers = text.split(',').map((each) => (each.trim() === '' ? NaN : Number(each)));
  const [low = NaN, high = NaN, ...others] = numbers;
  if (low < high && others.length === 0) return numbers;
  throw new Problem('usage', `${option} ${text}: give two numbers, the lower one first, as in 0,100.`);
}

/** `what=text`, several of them: the last `=` parts the two. */
function pairs(
  name: 'names' | 'colours',
  option: Pick<StyleOption, 'option' | 'about'> & { readonly value: string },
): StyleOption {
  return {
    ...{ ...option, isList: true },
    read: (words) => ({ [name]: pairsIn(option.option, words) }),
    write: (style) => {
      const entries = Object.entries(style[name]);
      return entries.length === 0 ? null : entries.map(([key, text]) => `${key}=${text}`);
    },
  };
}

function pairsIn(option: string, words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.lastIndexOf('=');
      if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
      throw new Problem('usage', `--${option} ${word}: write WHAT=TEXT, as in sr=ratio.`);
    }),
  );
}

/** Every option in the order of the help. */
export const STYLE_OPTIONS: readonly StyleOption[] = [
  {
    ...{ option: 'journal', value: 'name', choices: JOURNAL_WIDTHS.map(({ key }) => key) },
    about:
      'width, font, font size and letters of panels of a journal or conference; further options change them',
    read: ([word]) => JOURNAL_WIDTHS.find(({ key }) => key === word)?.style ?? {},
    // its parts have options of their own
    write: () => null,
  },
  {
    ...{ option: 'width', value: 'width' },
    about: '`one column` (84 mm), `two columns` (174 mm), `slide` (254 mm) or millimetres',
    read: ([word = '']) =>
      Number.isNaN(Number(word)) ? { width: word } : { width: 'custom', widthMillimetres: Number(word) },
    write: ({ width, widthMillimetres }) =>
      width === USUAL_STYLE.width ? null : [width === 'custom' ? String(widthMillimetres) : width],
  },
  plain('aspect', { option: 'aspect', value: 'ratio', about: 'height / width (default: 0.75)' }),
  plain('font', {
    ...{ option: 'font', value: 'font', about: 'sans: Source Sans 3; serif: STIX Two Text' },
    choices: ['sans', 'serif'],
  }),
  range('xRange', {
    option: 'x-range',
    about: 'what the x axis shows at least, where it is one of numbers',
  }),
  range('yRange', {
    option: 'y-range',
    about: 'the same of the y axis: figures side by side can have the same scale',
  }),
  range('xLimits', { option: 'x-limits', about: 'what the x axis shows exactly; marks beyond are cut off' }),
  range('yLimits', { option: 'y-limits', about: 'the same of the y axis' }),
  plain('xScale', {
    ...{ option: 'x-scale', value: 'scale', about: 'scale of the x axis, where it is one of numbers' },
    choices: ['linear', 'log'],
  }),
  plain('yScale', {
    ...{ option: 'y-scale', value: 'scale', about: 'scale of the y axis' },
    choices: ['linear', 'log'],
  }),
  flag('xReversed', { option: 'x-reversed', about: 'the x axis falls from left to right' }),
  flag('yReversed', { option: 'y-reversed', about: 'the y axis falls from below to above' }),
  plain('xTitle', { option: 'x-title', value: 'text', about: 'what the x axis is called' }),
  plain('yTitle', { option: 'y-title', value: 'text', about: 'what the y axis is called' }),
  plain('legend', {
    ...{
      option: 'legend',
      value: 'place',
      about: `where the legend is: ${orList(LEGEND_PLACES)} (default: top)`,
    },
    choices: LEGEND_PLACES,
  }),
  plain('palette', {
    ...{ option: 'palette', value: 'name', about: 'colours of series (default: okabe-ito)' },
    choices: PALETTE_NAMES,
  }),
  plain('map', {
    ...{ option: 'map', value: 'name', about: 'colours of values (default: cividis)' },
    choices: MAP_NAMES,
  }),
  pairs('colours', {
    ...{ option: 'colours', value: 'series=colour' },
    about: 'colours of single series, by what the legend calls them, e.g. 0.5=#d55e00',
  }),
  pairs('names', {
    ...{ option: 'rename', value: 'what=text' },
    about: 'other names of settings and metrics (sr=ratio), of values (sr=0.5=half) and of any other words',
  }),
  {
    ...{ option: 'arrange', value: 'setting=values', isList: true },
    about:
      'another order of the values of a setting, e.g. sr=1,0.5; with a semicolon between values that have commas',
    read: (words) => ({ order: orderIn(words) }),
    write: ({ order }) => {
      const entries = Object.entries(order);
      return entries.length === 0 ? null : entries.map(([setting, values]) => `${setting}=${listed(values)}`);
    },
  },
  {
    ...{ option: 'reference-lines', value: 'axis=at', isList: true },
    about: 'lines across the plot, with words at them: y=76.1=published x=0.5',
    read: (words) => ({ lines: words.map(lineIn) }),
    write: ({ lines }) =>
      lines.length === 0
        ? null
        : lines.map(({ axis, at, label }) => `${axis}=${at}${label === '' ? '' : `=${label}`}`),
  },
  {
    ...{ option: 'annotate', value: 'x,y=text', isList: true },
    about: 'words at places of the plot: 0.5,88.1=best; with a semicolon between places that have commas',
    read: (words) => ({ annotations: words.map(annotationIn) }),
    write: ({ annotations }) =>
      annotations.length === 0
        ? null
        : annotations.map(({ x, y, text }) => `${x}${/,/.test(x + y) ? ';' : ','}${y}=${text}`),
  },
  plain('letters', {
    ...{ option: 'letters', value: 'form', about: 'letters of panels, where there are several (default: a)' },
    choices: LETTERS,
  }),
  plain('fontSize', { option: 'font-size', value: 'points', about: 'font size (default: 8)' }),
  plain('title', {
    ...{ option: 'title', value: 'text', about: 'title above the chart (default: none, for a caption)' },
  }),
  flag('notes', { option: 'no-notes', about: 'omit the notes that explain the marks' }),
  plain('caption', {
    ...{ option: 'caption', value: 'place' },
    about: 'caption below the figure, or in a file beside it (latex, markdown, plain) (default: none)',
    choices: CAPTION_PLACES,
  }),
  plain('captionText', {
    ...{
      option: 'caption-text',
      value: 'text',
      about: 'caption instead of the one that follows from what is drawn',
    },
  }),
  plain('dpi', { option: 'dpi', value: 'n', about: 'resolution of a PNG (default: 300)' }),
];

const PANEL_OPTIONS: ReadonlySet<string> = new Set([
  ...['x-range', 'y-range', 'x-limits', 'y-limits', 'x-scale', 'y-scale', 'x-reversed', 'y-reversed'],
  ...['x-title', 'y-title', 'title', 'reference-lines', 'annotate'],
]);

/** The options of a whole figure: without what each of its panels has of its own (`PANEL_PARTS`). */
export const WHOLE_OPTIONS: readonly StyleOption[] = STYLE_OPTIONS.filter(
  ({ option }) => !PANEL_OPTIONS.has(option),
);

function lineIn(word: string): unknown {
  const [, axis, at, label = ''] = /^([xy])=([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (axis === undefined)
    throw new Problem('usage', `--reference-lines ${word}: write AXIS=VALUE or AXIS=VALUE=TEXT, as in y=90.`);
  return { axis, at, label };
}

function annotationIn(word: string): unknown {
  const [, place = '', text = ''] = /^([^=]+)=(.+)$/s.exec(word) ?? [];
  const [x = '', y = '', ...others] = place.split(place.includes(';') ? ';' : ',').map((each) => each.trim());
  if (x === '' || y === '' || others.length > 0)
    throw new Problem('usage', `--annotate ${word}: write X,Y=TEXT, as in 0.5,88.1=best.`);
  return { x, y, text };
}

function orderIn(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    words.map((word) => {
      const [, setting, values = ''] = /^([^=]+)=(.+)$/s.exec(word) ?? [];
      if (setting === undefined)
        throw new Problem('usage', `--arrange ${word}: write SETTING=VALUES, as in sr=1,0.5.`);
      const parts = values.split(values.includes(';') ? ';' : ',').map((value) => value.trim());
      return [setting, parts.filter((value) => value !== '')];
    }),
  );
}

function listed(values: readonly string[]): string {
  if (!values.some((value) => value.includes(','))) return values.join(',');
  return values.length === 1 ? `${values[0] ?? ''};` : values.join(';');
}
