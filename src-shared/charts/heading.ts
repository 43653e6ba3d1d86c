import {
  type ChartOption,
  type ChartStyle,
  inksOf,
  type LegendEntry,
  type LegendPlace,
  nameIn,
} from './chart-style.ts';
import { groupMark, type PixelPoint, textMark } from './marks.ts';
import { BOLD, fittingText, textWidth, wrapText } from './text-width.ts';

export interface Heading {
  /** Of what stands above the plot. */
  readonly height: number;
  /** The style of what the legend leaves: the plot's, which begins at the upper left corner as the whole does. */
  readonly inner: ChartStyle;
  /** Elements for the option's `graphic`. */
  readonly elements: readonly ChartOption[];
}

/** Of the chart's height what a legend above or below may take, and of its width what one beside it may. */
const MOST_LEGEND = 0.4;
/** Height of a row, in font sizes. */
const ROW = 1.35;

/**
 * Title, notes and legend, one below the other, above the plot; the legend where the style has it. A legend that has no room says how
 * much is left out.
 */
export function heading(
  style: ChartStyle,
  notes: readonly string[],
  legend: readonly LegendEntry[],
): Heading {
  const { fontSize, fontFamily, title } = style;
  const { ink, faint } = inksOf(style);
  const room = style.width - fontSize;
  const elements: ChartOption[] = [];
  let top = 0.5 * fontSize;
  const lines = (text: string, size: number, look: ChartOption, indent = 0): void => {
    const own = (room - indent) / (look['fontWeight'] === 'bold' ? BOLD : 1);
    for (const line of wrapText(text, size, own)) {
      elements.push(
        textMark(fittingText([line], size, own), [0.5 * fontSize + indent, top + 0.65 * size], {
          fontSize: size,
          fontFamily,
          ...look,
        }),
      );
      top += 1.3 * size;
    }
  };
  const large = 1.15 * fontSize;
  const { letter } = style;
  if (letter) {
    const look = { fill: ink, fontWeight: letter.isBold ? 'bold' : 'normal' };
    lines(letter.text, large, look);
    // the title begins in the same row
    if (title !== '') top -= 1.3 * large;
  }
  const indent = letter ? BOLD * textWidth(letter.text, large) + 0.5 * fontSize : 0;
  lines(title, large, { fill: ink, fontWeight: 'bold' }, indent);
  const told = notes.filter((note) => note !== '');
  style.takeNotes?.(told);
  if (style.notes) lines(told.join('; '), 0.85 * fontSize, { fill: faint });
  const { place, block } = legendBlock(style, legend, top);
  const above = place === 'top' && block.height > 0 ? block.height + 0.2 * fontSize : 0;
  const height = top + above + (elements.length + above > 0 ? 0.7 : 0.3) * fontSize;
  const inner = {
    ...style,
    width: style.width - (place === 'right' ? block.width : 0),
    height: style.height - (place === 'bottom' ? block.height : 0),
  };
  const corner: Readonly<Record<LegendPlace, PixelPoint>> = {
    top: [0.5 * fontSize, top + 0.2 * fontSize],
    right: [inner.width, height],
    bottom: [0.5 * fontSize, inner.height],
    none: [0, 0],
  };
  return { height, inner, elements: [...elements, ...block.draw(corner[place])] };
}

/** What the legend leaves of a chart, for those who reckon with its width before it is drawn. */
export function besideLegend(style: ChartStyle, legend: readonly LegendEntry[]): ChartStyle {
  return heading(style, [], legend).inner;
}

interface LegendBlock {
  readonly width: number;
  readonly height: number;
  readonly draw: (corner: PixelPoint) => ChartOption[];
}

const NO_LEGEND: LegendBlock = { width: 0, height: 0, draw: () => [] };

/** The legend in the rows that it needs where it stands: beside the plot an entry a row. @param top of the rest of the heading */
function legendBlock(
  style: ChartStyle,
  legend: readonly LegendEntry[],
  top: number,
): { readonly place: LegendPlace; readonly block: LegendBlock } {
  const { fontSize, width, height, legend: place = 'top', takeLegend } = style;
  takeLegend?.(legend);
  if (takeLegend || legend.length === 0 || place === 'none') return { place: 'none', block: NO_LEGEND };
  const isBeside = place === 'right';
  const room = isBeside ? MOST_LEGEND * width - 1.5 * fontSize : width - fontSize;
  const named = legend.map((entry) => fittingEntry(entry, style, room));
  const rows = isBeside ? named.map((entry) => [{ entry, left: 0 }]) : legendRows(named, fontSize, room);
  const most = isBeside ? height - top - fontSize : MOST_LEGEND * height;
  const block = rowsBlock(rows, Math.max(1, Math.floor(most / (ROW * fontSize))), style);
  const beside = Math.max(...named.map((entry) => entryWidth(entry, fontSize))) + 1.5 * fontSize;
  return { place, block: { ...block, width: isBeside ? beside : width } };
}

function rowsBlock(
  rows: readonly (readonly PlacedEntry[])[],
  most: number,
  style: ChartStyle,
): Omit<LegendBlock, 'width'> {
  const { fontSize, fontFamily } = style;
  const shown = rows.length > most ? rows.slice(0, most - 1) : rows;
  const left = rows
    .slice(shown.length)
    .flat()
    .filter(({ entry }) => entry.mark !== null).length;
  const small = 0.85 * fontSize;
  return {
    height: shown.length * ROW * fontSize + (left > 0 ? 1.3 * small : 0),
    draw: ([x, y]) => [
      ...shown.map((row, place) => legendRow(row, style, [x, y + (place * ROW + 0.65) * fontSize])),
      ...(left > 0
        ? [
            textMark(`and ${left} more`, [x, y + shown.length * ROW * fontSize + 0.65 * small], {
              ...{ fontSize: small, fontFamily, fill: inksOf(style).faint },
            }),
          ]
        : []),
    ],
  };
}

interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly left: number;
}

/** By its name in the style, cut where it is wider than there is room. */
function fittingEntry({ label, mark }: LegendEntry, style: ChartStyle, room: number): LegendEntry {
  const { fontSize } = style;
  const own = mark ? room - mark.width - 0.5 * fontSize : room / BOLD;
  return { mark, label: fittingText([nameIn(style, label)], fontSize, own) };
}

/** A name of what the next entries tell apart is bold. */
function entryWidth({ label, mark }: LegendEntry, fontSize: number): number {
  return mark ? mark.width + 0.5 * fontSize + textWidth(label, fontSize) : BOLD * textWidth(label, fontSize);
}

/** Entries from left to right; a name begins a row of its own. */
function legendRows(legend: readonly LegendEntry[], fontSize: number, room: number): PlacedEntry[][] {
  const rows: PlacedEntry[][] = [];
  let left = 0;
  for (const entry of legend) {
    const width = entryWidth(entry, fontSize);
    const row = rows.at(-1);
    if (!row || !entry.mark || left + width > room) {
      rows.push([{ entry, left: 0 }]);
      left = 0;
    } else row.push({ entry, left });
    left += width + fontSize;
  }
  return rows;
}

function legendRow(row: readonly PlacedEntry[], style: ChartStyle, [x, y]: PixelPoint): ChartOption {
  const { fontSize, fontFamily } = style;
  const fill = inksOf(style).ink;
  return groupMark(
    row.flatMap(({ entry, left }) => {
      const start = x + left;
      const words = { fontSize, fontFamily, fill };
      if (!entry.mark) return [textMark(entry.label, [start, y], { ...words, fontWeight: 'bold' })];
      const { draw, width } = entry.mark;
      return [
        draw([start + width / 2, y]),
        textMark(entry.label, [start + width + 0.5 * fontSize, y], words),
      ];
    }),
  );
}
