import { type ChartOption, type ChartStyle, inksOf } from './chart-style.ts';
import { groupMark, type PixelPoint, textMark } from './marks.ts';
import { textWidth, wrapText } from './text-width.ts';

/** A mark of a legend. */
export interface LegendMark {
  readonly width: number;
  readonly draw: (middle: PixelPoint) => ChartOption;
}

/** One entry of a legend: a mark with its words, or (without a mark) the name of what the next ones tell apart. */
export interface LegendEntry {
  readonly label: string;
  readonly mark: LegendMark | null;
}

export interface Heading {
  /** Of title, notes and legend together. */
  readonly height: number;
  /** Elements for the option's `graphic`. */
  readonly elements: readonly ChartOption[];
}

/** Of the chart's height, what the legend may take. */
const MOST_LEGEND = 0.4;

/** Title, notes and legend, one below the other, above the plot. A legend that has no room says how much is left out. */
export function heading(
  style: ChartStyle,
  notes: readonly string[],
  legend: readonly LegendEntry[],
): Heading {
  const { fontSize, fontFamily, width, title } = style;
  const { ink, faint } = inksOf(style);
  const room = width - fontSize;
  const elements: ChartOption[] = [];
  let top = 0.5 * fontSize;
  const lines = (text: string, size: number, look: ChartOption): void => {
    for (const line of wrapText(text, size, room)) {
      elements.push(
        textMark(line, [0.5 * fontSize, top + 0.65 * size], { fontSize: size, fontFamily, ...look }),
      );
      top += 1.3 * size;
    }
  };
  lines(title, 1.15 * fontSize, { fill: ink, fontWeight: 'bold' });
  if (style.notes) lines(notes.filter((note) => note !== '').join('; '), 0.85 * fontSize, { fill: faint });
  if (legend.length > 0) {
    top += 0.2 * fontSize;
    const rows = legendRows(legend, fontSize, room);
    const most = Math.max(1, Math.floor((MOST_LEGEND * style.height) / (1.35 * fontSize)));
    const shown = rows.length > most ? rows.slice(0, most - 1) : rows;
    for (const row of shown) {
      elements.push(legendRow(row, style, top + 0.65 * fontSize));
      top += 1.35 * fontSize;
    }
    const left = rows
      .slice(shown.length)
      .flat()
      .filter(({ entry }) => entry.mark !== null).length;
    if (left > 0) lines(`and ${left} more`, 0.85 * fontSize, { fill: faint });
  }
  return { height: top + (elements.length > 0 ? 0.7 : 0.3) * fontSize, elements };
}

interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly left: number;
}

/** Entries from left to right; a name begins a row of its own. */
function legendRows(legend: readonly LegendEntry[], fontSize: number, room: number): PlacedEntry[][] {
  const rows: PlacedEntry[][] = [];
  let left = 0;
  for (const entry of legend) {
    const mark = entry.mark ? entry.mark.width + 0.5 * fontSize : 0;
    const width = mark + textWidth(entry.label, fontSize);
    const row = rows.at(-1);
    if (!row || !entry.mark || left + width > room) {
      rows.push([{ entry, left: 0 }]);
      left = 0;
    } else row.push({ entry, left });
    left += width + fontSize;
  }
  return rows;
}

function legendRow(row: readonly PlacedEntry[], style: ChartStyle, y: number): ChartOption {
  const { fontSize, fontFamily } = style;
  const fill = inksOf(style).ink;
  return groupMark(
    row.flatMap(({ entry, left }) => {
      const start = 0.5 * fontSize + left;
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
