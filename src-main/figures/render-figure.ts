import { roundedAt } from '../../src-shared/numbers.ts';
import type { AnalysisSettings, MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { type ChartNumbers, isDrawn } from '../../src-shared/charts/chart.ts';
import type { AxisRanges } from '../../src-shared/charts/chart-style.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import { limitNotes, unmetChoices } from '../../src-shared/charts/unmet-choices.ts';
import { withNames, wordsOfName } from '../../src-shared/charts/given-names.ts';
import { listening, type NameUses, noUses, unusedNames } from '../../src-shared/charts/name-uses.ts';
import { chartKind, gatherChart } from '../../src-shared/charts/kinds/registry.ts';
import { CAPTION_FORMS } from '../../src-shared/figures/caption-forms.ts';
import {
  figureWord,
  letterOf,
  panelsOf,
  type WholePanel,
  writtenLetter,
} from '../../src-shared/figures/figure-panels.ts';
import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import { USUAL_LAYOUT } from '../../src-shared/figures/panel-schema.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import { type ExportedFile, textFile } from '../files/exported-file.ts';
import type { Store } from '../store/store.ts';
import { captionOf, dividedNotes, runsTold, type ToldPanel, whatIsShown } from './caption.ts';
import { figureRuns, shownRuns } from './figure-runs.ts';
import { type ChartPanel, type FigureFiles, type FigureFormat, warningOf } from './formats/format.ts';
import { requireShown } from './formats/registry.ts';
import { millimetresOf } from './paper-style.ts';
import { provenanceOf } from './provenance.ts';
import { type DatasetOf, storeSource } from './store-source.ts';
import { chartStyle } from './svg-figure.ts';

/** The least width of a figure, in millimetres. */
const LEAST_WIDTH = 30;

/** What a figure is drawn from. */
export interface FigureSetting {
  readonly store: Store;
  /** Every run of the store. */
  readonly index: RunIndex;
  readonly datasetOf: DatasetOf;
  /** What layers can be asked. */
  readonly methods: readonly MethodDescription[];
}

export interface RenderedFigure extends FigureFiles {
  /** The caption that follows from what is drawn; its style may have another one. */
  readonly caption: string;
  /** Whether each panel has a file of its own, called after its letter. */
  readonly isInParts: boolean;
  /** Ids of the runs that it shows. */
  readonly runs: readonly string[];
  /** What it says besides its marks: above all which runs are left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Draws a figure in one format.
 *
 * @param name of its file, without the ending.
 * @throws Problem `usage` where the runs make no such figure or the format cannot show it, `not-found` for runs or a study
 * that are not there.
 */
export async function renderFigure(
  setting: FigureSetting,
  specification: FigureSpecification,
  format: FigureFormat,
  name = figureWord(specification),
): Promise<RenderedFigure> {
  const panels = panelsOf(specification);
  for (const { chart } of panels) requireShown(format, chartKind(chart));
  const gathered: GatheredPanel[] = [];
  for (const [place, panel] of panels.entries())
    gathered.push(await gatherPanel(setting, panel, format, letterOf(place)));
  const [first] = gathered;
  if (!first) throw new Error('a figure has a chart');
  const runs = [...new Set(gathered.flatMap((panel) => panel.runs))];
  const notes = notesOfPanels(gathered);
  const generated = captionOf(
    gathered.map((each, place) =>
      toldPanel(each, gathered.length > 1 ? writtenLetter(place, specification.style) : ''),
    ),
  );
  const caption = specification.style.captionText || generated;
  // what is written as numbers is not drawn in colours, and not in all words
  const unused = format.draws.includes('tables')
    ? []
    : unusedNames(
        specification.style,
        gathered.map(({ uses }) => uses),
        wordsOfName,
      );
  const isInParts = gathered.length > 1 && !format.joinsPanels;
  const { file, pictures, warning } = isInParts
    ? await inParts(gathered, specification, format, name)
    : await format.render({
        numbers: first.numbers,
        panels: gathered.length > 1 ? gathered.map(asChart) : [],
        provenance: provenanceOf(specification, runs, notes, caption),
        name,
      });
  return {
    ...{ file, runs, notes, isInParts, caption: generated },
    pictures: [...pictures, ...sidecar(specification, caption, name)],
    warning: warningOf([...unmetOf(gathered), ...unused, warning]),
  };
}

/** The caption in a file of its own, where it is to be in one. */
function sidecar({ style }: FigureSpecification, caption: string, name: string): ExportedFile[] {
  const form = CAPTION_FORMS.find((each) => each.name === style.caption);
  if (!form) return [];
  return [textFile(`${name}-caption.${form.ending}`, form.mediaType, `${form.write(caption, name)}\n`)];
}

function toldPanel({ panel, numbers, explained, of, notes }: GatheredPanel, letter: string): ToldPanel {
  return {
    letter,
    what: whatIsShown(numbers, chartKind(panel.chart).title),
    of,
    notes: [...explained, ...notes.filter((note) => !explained.includes(note))],
  };
}

interface GatheredPanel {
  readonly panel: WholePanel;
  readonly letter: string;
  readonly runs: readonly string[];
  readonly numbers: ChartNumbers;
  /** What its marks are, in the words above a chart. */
  readonly explained: readonly string[];
  /** Of which runs it is, in words. */
  readonly of: string;
  /** What it says besides its marks. */
  readonly notes: readonly string[];
  readonly unmet: readonly string[];
  /** What of the names of its style something was found for. */
  readonly uses: NameUses;
}

async function gatherPanel(
  setting: FigureSetting,
  panel: WholePanel,
  format: FigureFormat,
  letter: string,
): Promise<GatheredPanel> {
  const uses = noUses();
  const { runs, numbers } = await gather(setting, panel, format.instead?.(panel.chart) ?? panel.chart, uses);
  const { notes, unmet, explained } = ofStyle(numbers, panel, format, uses);
  return {
    ...{ uses, panel, letter, runs: shownRuns(runs), numbers, unmet, explained },
    of: runsTold(panel.source, runs),
    notes: [...numbers.notes, ...notes],
  };
}

function asChart({ letter, numbers, panel }: GatheredPanel): ChartPanel {
  if (!isDrawn(numbers)) throw new Error('a table is not drawn');
  return { letter, chart: numbers, style: panel.style };
}

/** What holds for all panels once, the rest with the letter of the panel. */
function notesOfPanels(panels: readonly GatheredPanel[]): string[] {
  const { common, own } = dividedNotes(panels.map(({ notes }) => notes));
  return [
    ...common,
    ...panels.flatMap(({ letter }, place) => (own[place] ?? []).map((note) => `${letter}: ${note}`)),
  ];
}

function unmetOf(panels: readonly GatheredPanel[]): string[] {
  if (panels.length === 1) return [...(panels[0]?.unmet ?? [])];
  return panels.flatMap(({ letter, unmet }) => unmet.map((sentence) => `Panel ${letter}: ${sentence}`));
}

/** Each panel as a figure of its own. */
async function inParts(
  panels: readonly GatheredPanel[],
  { style, layout = USUAL_LAYOUT }: FigureSpecification,
  format: FigureFormat,
  name: string,
): Promise<FigureFiles> {
  const columns = Math.min(layout.columns, panels.length);
  const widthMillimetres = Math.max(LEAST_WIDTH, roundedAt(millimetresOf(style) / columns, 1));
  const parts: FigureFiles[] = [];
  for (const { panel, letter, numbers, runs, notes } of panels) {
    const { source, chart, settings } = panel;
    const specification: FigureSpecification = {
      ...{ source, chart, ...(settings && { settings }) },
      style: { ...panel.style, width: 'custom', widthMillimetres },
    };
    const provenance = provenanceOf(specification, runs, notes);
    const called = `${name}-${letter}`;
    const part = await format.render({ numbers, panels: [], provenance, name: called });
    parts.push({ ...part, file: { ...part.file, fileName: `${called}.${format.ending}` } });
  }
  const [first, ...others] = parts;
  if (!first) throw new Error('a figure has a chart');
  return {
    file: first.file,
    pictures: [...first.pictures, ...others.flatMap(({ file, pictures }) => [file, ...pictures])],
    warning: warningOf([...new Set(parts.map(({ warning }) => warning))]),
  };
}

/** What is to be said of a chart in its style, and what of it the chart cannot show; nothing where numbers are written. */
function ofStyle(
  numbers: ChartNumbers,
  { style }: WholePanel,
  { draws }: FigureFormat,
  uses: NameUses,
): Pick<GatheredPanel, 'notes' | 'unmet' | 'explained'> {
  if (!isDrawn(numbers)) return { notes: [], unmet: [], explained: [] };
  let explained: readonly string[] = [];
  const paper = chartStyle(numbers, style);
  const own = {
    ...{ ...paper, notes: true },
    names: listening(paper.names ?? {}, uses.names),
    colours: listening(paper.colours ?? {}, uses.colours),
  };
  const option = numbers.option({ ...own, takeNotes: (notes) => (explained = notes) });
  if (draws.includes('tables')) return { notes: [], unmet: [], explained };
  return { notes: limitNotes(own, option), unmet: unmetChoices(own, option), explained };
}

/**
 * What the axes of a figure show, so that others can show the same; null where they are none of numbers.
 * @throws Problem as `renderFigure` does
 */
export async function figureRanges(
  setting: FigureSetting,
  specification: FigureSpecification,
): Promise<AxisRanges | null> {
  const { numbers } = await gather(setting, specification, specification.chart);
  if (!isDrawn(numbers)) return null;
  return numbers.ranges?.(chartStyle(numbers, specification.style)) ?? null;
}

async function gather(
  setting: FigureSetting,
  { source, settings, style }: Pick<WholePanel, 'source' | 'settings' | 'style'>,
  chart: FigureSpecification['chart'],
  uses?: NameUses,
) {
  const runs = figureRuns(setting.store, setting.index, source);
  const analysed = withSettings(storeSource(setting.store, runs, setting), settings);
  const numbers = await gatherChart(chart, withNames(analysed, style.names, style.order, uses));
  return { runs, numbers };
}

/** Of the analyses only those that have all of these settings. */
function withSettings(source: ChartSource, wanted: AnalysisSettings = {}): ChartSource {
  const entries = Object.entries(wanted);
  return {
    ...source,
    analyses: async (runs, finding, which) => {
      const all = await source.analyses(runs, finding, which);
      return all.filter(({ settings }) => entries.every(([name, value]) => settings[name] === value));
    },
  };
}
