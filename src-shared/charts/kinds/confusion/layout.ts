import type { ChartStyle } from '../../chart-style.ts';
import { type Heading, heading } from '../../heading.ts';
import type { Box } from '../../plot-frame.ts';
import { fittingText, fittingTexts, textWidth, wrapText } from '../../text-width.ts';
import { thinLabels } from '../../thin-labels.ts';
import type { ConfusionData } from './data.ts';

export interface ConfusionPlace {
  readonly box: Box;
  /** The panel's label in lines. */
  readonly title: readonly string[];
  /** Classes are the same in all panels: they are named left of the first of a row, and below those of the last row. */
  readonly hasRows: boolean;
  readonly hasColumns: boolean;
}

export interface ConfusionLayout {
  readonly heading: Heading;
  /** What the chart needs of the height that the style gives it, or more, where the matrices could not be read in it. */
  readonly height: number;
  /** Panels side by side. */
  readonly across: number;
  /** Of each matrix, which is a square. */
  readonly side: number;
  readonly places: readonly ConfusionPlace[];
  /** Names of the classes, cut where they are long, and the size of their letters. */
  readonly labels: readonly string[];
  readonly labelSize: number;
  /** Room that the names take, with the gap to the matrix. */
  readonly labelRoom: number;
  /** Of the scale of the colours. */
  readonly bar: Box;
}

/** In font sizes: the room of a name of an axis, the gap between panels, before names of classes, the colour scale. */
const NAME = 1.6;
const GAP = 1.2;
const SPACE = 0.6;
const SCALE = 6.4;
/** Of the width, what names of classes may take; and the least letters of them, in font sizes. */
const MOST_LABEL = 0.26;
const LEAST_LETTER = 0.75;
const MOST_LINES = 4;
/** In font sizes: a square whose class can be named, what a matrix of many classes needs, and what any matrix needs. */
const SQUARE = 0.95;
const ENOUGH = 26;
const LEAST = 5;
/** In font sizes, the width in which the words of a title have room. */
const NAMED = 7;
/** In font sizes, the height of a page. */
const PAGE = 80;

interface Grid {
  readonly across: number;
  /** Height of a panel's title. */
  readonly head: number;
  readonly titles: readonly (readonly string[])[];
  /** As large as width and height allow it. */
  readonly side: number;
  /** Whether all titles have room. */
  readonly isNamed: boolean;
}

/** Of reckoning. */
const ROUNDS = 3;

/**
 * So many matrices side by side that they are as large as they can be in the height that the chart has. Where that is too
 * small to be read, the chart grows downwards: to the height of a page, with as many side by side as can be read then, and
 * beyond it for matrices that would be specks on a page.
 */
export function layConfusion(data: ConfusionData, style: ChartStyle): ConfusionLayout {
  const layout = layOut(data, style);
  const spacing = layout.side / data.classes.length;
  const isThinned = thinLabels(layout.labels, spacing, layout.labelSize, true).includes('');
  return isThinned ? layOut({ ...data, notes: [UNNAMED, ...data.notes] }, style) : layout;
}

const UNNAMED = 'not every class has room for its name';

function layOut(data: ConfusionData, style: ChartStyle): ConfusionLayout {
  const { fontSize, width } = style;
  const { classes, panels } = data;
  const head = heading(style, [aboutMatrices(data), ...data.notes], []);
  const longest = Math.max(...classes.map((name) => textWidth(name, fontSize)));
  const mostLabel = Math.min(MOST_LABEL * width, longest);
  const grid = chooseGrid(data, style, { top: head.height, label: mostLabel });
  const { side, across } = grid;
  const labelSize = Math.max(LEAST_LETTER * fontSize, Math.min(fontSize, (0.76 * side) / classes.length));
  const labels = fittingTexts(classes, labelSize, mostLabel);
  const labelRoom = SPACE * fontSize + Math.max(...labels.map((label) => textWidth(label, labelSize)));
  const { left: before, below, right } = margins(labelRoom, fontSize);
  const step = side + GAP * fontSize;
  const used = before + across * step - GAP * fontSize + right;
  const left = before + Math.max(0, (width - used) / 2);
  const boxes = panels.map((_, place): Box => ({
    left: left + (place % across) * step,
    top: head.height + grid.head + Math.floor(place / across) * (grid.head + step),
    ...{ width: side, height: side },
  }));
  return {
    ...{ heading: head, across, side, labels, labelSize, labelRoom },
    height: Math.max(...boxes.map(({ top }) => top + side)) + below,
    places: boxes.map((box, place) => ({
      box,
      title: (grid.titles[place] ?? []).map((line) => fittingText([line], fontSize, step)),
      hasRows: place % across === 0,
      hasColumns: Math.floor(place / across) === Math.floor((panels.length - 1) / across),
    })),
    bar: {
      left: left + across * step,
      top: head.height + grid.head,
      width: 0.9 * fontSize,
      height: Math.min(side, 14 * fontSize),
    },
  };
}

function aboutMatrices({ difference }: ConfusionData): string {
  const shares = '% of each true class predicted as each class';
  return difference === null ? shares : `${shares}, less those of ${difference.from}`;
}

function margins(labelRoom: number, fontSize: number): { left: number; below: number; right: number } {
  // names below stand at 45 degrees
  const tilted = Math.SQRT1_2 * (labelRoom + fontSize);
  return { left: NAME * fontSize + labelRoom, below: tilted + NAME * fontSize, right: SCALE * fontSize };
}

function chooseGrid(
  { classes, panels }: ConfusionData,
  { fontSize, width, height }: ChartStyle,
  { top, label }: { readonly top: number; readonly label: number },
): Grid {
  const { left, below, right } = margins(SPACE * fontSize + label, fontSize);
  const titled = panels.some((panel) => panel.label !== '');
  const gridOf = (across: number, most: number): Grid => {
    const wide = (width - left - right - (across - 1) * GAP * fontSize) / across;
    const high = (most - top - below) / Math.ceil(panels.length / across) - GAP * fontSize;
    let grid: Grid = { across, head: 0, titles: [], side: wide, isNamed: true };
    // lower matrices are narrower, too, so that their titles take more lines
    for (let round = 0; round < ROUNDS; round++) {
      const room = grid.side + (round === 0 ? 0 : GAP * fontSize);
      const titles = panels.map((panel) => titleLines(panel.label, fontSize, room));
      const lines = Math.max(...titles.map(({ length }) => length));
      const head = (titled ? 1.3 * Math.max(1, Math.min(MOST_LINES, lines)) + 0.4 : 0.2) * fontSize;
      const side = Math.max(1, Math.min(wide, high - head));
      const isNamed =
        lines <= MOST_LINES &&
        titles.flat().every((line) => textWidth(line, fontSize) <= side + GAP * fontSize + 1e-6);
      grid = { across, head, titles: titles.map((all) => all.slice(0, MOST_LINES)), side, isNamed };
    }
    return grid;
  };
  const gridsIn = (most: number): Grid[] => {
    const all = panels.map((_, place) => gridOf(place + 1, most));
    const named = all.filter(({ isNamed }) => isNamed);
    return named.length > 0 ? named : all;
  };
  const asked = largestOf(gridsIn(height));
  const enough = Math.min(ENOUGH, SQUARE * classes.length) * fontSize;
  const wanted = asked.isNamed ? enough : Math.max(enough, NAMED * fontSize);
  if (asked.side >= wanted) return asked;
  const grown = gridsIn(Math.max(height, PAGE * fontSize)).map((grid) => ({
    ...grid,
    side: Math.min(grid.side, 1.6 * wanted),
  }));
  const best = grown.findLast(({ side }) => side >= wanted) ?? largestOf(grown);
  const least = Math.min(wanted, LEAST * fontSize);
  if (best.side >= least) return best;
  return gridsIn(Infinity).findLast(({ side }) => side >= least) ?? best;
}

/** Broken between settings, and within one only where this has no room in a line. */
function titleLines(label: string, fontSize: number, width: number): string[] {
  const together = label.replaceAll(' …', '\u00a0…');
  const lines = wrapText(together.replaceAll(' = ', '\u00a0=\u00a0'), fontSize, width);
  const hasRoom = lines.every((line) => textWidth(line, fontSize) <= width);
  return (hasRoom ? lines : wrapText(together, fontSize, width)).map((line) =>
    line.replaceAll('\u00a0', ' '),
  );
}

function largestOf(grids: readonly Grid[]): Grid {
  return grids.reduce((best, grid) => (grid.side > best.side ? grid : best));
}
