import type { FigureStyle } from './figure-style.ts';

/** What a publisher or conference asks of figures. */
export interface Journal {
  readonly name: string;
  readonly title: string;
  /** In millimetres, never more than there is: of a column, of what lies between, and of the page's text. */
  readonly widths: readonly { readonly of: string; readonly millimetres: number }[];
  readonly font: FigureStyle['font'];
  /** In points. */
  readonly fontSize: number;
  /** Of panels. */
  readonly letters: FigureStyle['letters'];
}

const columns = (one: number, two: number): Journal['widths'] => [
  { of: 'one column', millimetres: one },
  { of: 'two columns', millimetres: two },
];
const text = (millimetres: number): Journal['widths'] => [{ of: '', millimetres }];
const serif = { font: 'serif' } as const;
const sans = { font: 'sans' } as const;

/** By the guides and templates that docs/figures.md names; test/shared/figures/journals.test.ts has their numbers. */
const JOURNALS: readonly Journal[] = [
  { name: 'acm', title: 'ACM (sigconf)', widths: columns(84.7, 177.9), ...sans, fontSize: 8, letters: '(a)' },
  { name: 'cvpr', title: 'CVPR, ICCV', widths: columns(82.5, 174.6), ...serif, fontSize: 8, letters: '(a)' },
  {
    ...{ name: 'elsevier', title: 'Elsevier', ...sans, fontSize: 7, letters: '(a)' },
    widths: [
      { of: 'one column', millimetres: 90 },
      { of: 'one and a half columns', millimetres: 140 },
      { of: 'two columns', millimetres: 190 },
    ],
  },
  { name: 'icml', title: 'ICML', widths: columns(82.5, 171.4), ...serif, fontSize: 8, letters: '(a)' },
  { name: 'ieee', title: 'IEEE', widths: columns(88.9, 182), ...serif, fontSize: 8, letters: '(a)' },
  { name: 'lncs', title: 'Springer LNCS', widths: text(122), ...serif, fontSize: 9, letters: '(a)' },
  { name: 'nature', title: 'Nature', widths: columns(89, 183), ...sans, fontSize: 7, letters: 'a' },
  { name: 'neurips', title: 'NeurIPS', widths: text(139.7), ...serif, fontSize: 8, letters: '(a)' },
  {
    ...{ name: 'science', title: 'Science', ...sans, fontSize: 7, letters: 'A' },
    widths: [
      { of: 'one column', millimetres: 57 },
      { of: 'two columns', millimetres: 121 },
      { of: 'three columns', millimetres: 184 },
    ],
  },
  {
    name: 'springer',
    title: 'Springer journals',
    widths: columns(84, 174),
    ...sans,
    fontSize: 8,
    letters: 'a',
  },
];

/** One for each width: `ieee`, `ieee-wide`; of three the second is `elsevier-middle`. */
export const JOURNAL_WIDTHS: readonly {
  readonly key: string;
  readonly title: string;
  readonly style: Pick<FigureStyle, 'width' | 'widthMillimetres' | 'font' | 'fontSize' | 'letters'>;
}[] = JOURNALS.flatMap(({ name, title, widths, font, fontSize, letters }) =>
  widths.map(({ of, millimetres }, place) => ({
    key: place === 0 ? name : `${name}-${place === widths.length - 1 ? 'wide' : 'middle'}`,
    title: of === '' ? title : `${title}, ${of}`,
    style: { width: 'custom', widthMillimetres: millimetres, font, fontSize, letters } as const,
  })),
);
