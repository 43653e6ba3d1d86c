import type { FigureStyle } from './figure-style.ts';

/** What a publisher or conference asks of figures. */
export interface Journal {
  readonly name: string;
  readonly title: string;
  /** Of a column and of the page's text, in millimetres; of a page with one column both are one. */
  readonly widths: readonly number[];
  readonly font: FigureStyle['font'];
  /** In points. */
  readonly fontSize: number;
}

/** By the guides and templates that docs/figures.md names. */
const JOURNALS: readonly Journal[] = [
  { name: 'acm', title: 'ACM (sigconf)', widths: [84.7, 177.8], font: 'sans', fontSize: 8 },
  { name: 'cvpr', title: 'CVPR, ICCV', widths: [82.6, 174.6], font: 'serif', fontSize: 8 },
  { name: 'elsevier', title: 'Elsevier', widths: [90, 190], font: 'sans', fontSize: 7 },
  { name: 'icml', title: 'ICML', widths: [82.6, 171.5], font: 'serif', fontSize: 8 },
  { name: 'ieee', title: 'IEEE', widths: [88.9, 182], font: 'serif', fontSize: 8 },
  { name: 'lncs', title: 'Springer LNCS', widths: [122], font: 'serif', fontSize: 9 },
  { name: 'nature', title: 'Nature', widths: [89, 183], font: 'sans', fontSize: 7 },
  { name: 'neurips', title: 'NeurIPS', widths: [139.7], font: 'serif', fontSize: 8 },
  { name: 'springer', title: 'Springer journals', widths: [84, 174], font: 'sans', fontSize: 8 },
];

/** One for each width: `ieee`, `ieee-wide`. */
export const JOURNAL_WIDTHS: readonly {
  readonly key: string;
  readonly title: string;
  readonly style: Pick<FigureStyle, 'width' | 'widthMillimetres' | 'font' | 'fontSize'>;
}[] = JOURNALS.flatMap(({ name, title, widths, font, fontSize }) =>
  widths.map((widthMillimetres, place) => ({
    key: place === 0 ? name : `${name}-wide`,
    title: widths.length < 2 ? title : `${title}, ${place === 0 ? 'one column' : 'two columns'}`,
    style: { width: 'custom', widthMillimetres, font, fontSize } as const,
  })),
);
