import { type ColourChoice, colourOf, type Look, lookOf } from '../../palette.ts';
import type { CurvesData } from './data.ts';

/** An entry of the legend: a look with its words, or (without a look) the name of what the next ones tell apart. */
export interface LineLegend {
  readonly label: string;
  readonly look: Look | null;
}

/** More lines than these are not told apart by dashes as well, which then only disturb. */
const MOST_DASHED = 14;

/** The look of each line: its own colour, that of its settings' values, or one of the palette by its place. */
export function lineLooks({ lines, codes }: CurvesData, choice: ColourChoice): Look[] {
  return lines.map(({ colour, places, label }, index) => {
    const look = lookOf(index, index, choice, label);
    if (colour !== null) return { ...look, colour, dash: [] };
    if (codes && places)
      return {
        ...look,
        colour: colourOf(places.colour, choice, codes.colours.labels[places.colour]),
        dash: lookOf(places.dash).dash,
      };
    return lines.length > MOST_DASHED ? { ...look, dash: [] } : look;
  });
}

/** What the looks mean: values of settings, or each line by itself. @param ink of what is told by dashes alone */
export function lineLegend(data: CurvesData, choice: ColourChoice, ink: string): LineLegend[] {
  const { codes, lines } = data;
  const looks = lineLooks(data, choice);
  if (!codes || lines.some(({ colour }) => colour !== null))
    return lines.map(({ label }, index) => ({ label, look: looks[index] ?? lookOf(index) }));
  const { colours, dashes } = codes;
  const plain = lookOf(0);
  return [
    { label: colours.title, look: null },
    ...colours.labels.map((label, place) => ({
      label,
      look: { ...plain, colour: colourOf(place, choice, label), dash: [] },
    })),
    ...(dashes
      ? [
          { label: dashes.title, look: null },
          ...dashes.labels.map((label, place) => ({
            label,
            look: { ...plain, colour: ink, dash: lookOf(place).dash },
          })),
        ]
      : []),
  ];
}
