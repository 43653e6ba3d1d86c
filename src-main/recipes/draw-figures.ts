import { posix } from 'node:path';
import { extent } from 'd3-array';
import type { AxisRanges } from '../../src-shared/charts/chart-style.ts';
import {
  type FigureSpecification,
  figureSpecificationSchema,
} from '../../src-shared/figures/figure-specification.ts';
import { chartKind } from '../../src-shared/charts/kinds/registry.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RecipeFigure } from '../../src-shared/recipes/analysis-recipe.ts';
import type { ExportedFile } from '../files/exported-file.ts';
import { figureRanges, renderFigure } from '../figures/render-figure.ts';
import { commonSettings, type RecipeResults, stepAt } from './recipe-results.ts';
import type { RecipeSubject } from './recipe-subjects.ts';

/** A figure of one subject, or of all of them together. */
export interface DrawnFigure {
  /** Null for all together. */
  readonly subject: RecipeSubject | null;
  /** One a format, in their order, and what they show beside them. */
  readonly files: readonly ExportedFile[];
  /** What a caption must say besides: above all what is left out. */
  readonly notes: readonly string[];
  /** Whether its axes show what those of the others beside it do. */
  readonly sharesScales: boolean;
  /** Why there is none; null for a figure that was drawn. */
  readonly refusal: string | null;
}

/**
 * Draws a figure of all subjects together, where its chart has room for several and they are of one family, so that they
 * have layers in common; and of each of them by itself, with the same scales, so that they can be compared side by side.
 */
export async function drawFigures(results: RecipeResults, figure: RecipeFigure): Promise<DrawnFigure[]> {
  const { subjects } = results;
  const alone = subjects.length === 1;
  const isOneFamily = new Set(subjects.map(({ family }) => family)).size === 1;
  const all = subjects.flatMap(({ runs }) => runs);
  const wanted = [
    ...(alone || (isOneFamily && isForSeveral(figure))
      ? [{ subject: null, runs: all, name: figure.name }]
      : []),
    ...(alone ? [] : subjects).map((subject) => ({
      ...{ subject, runs: subject.runs, name: posix.join(figure.name, subject.word) },
    })),
  ];
  const specified = wanted.map((each) => ({ ...each, specification: specify(results, figure, each.runs) }));
  const common = await commonRanges(
    results,
    specified.flatMap(({ subject, specification }) => (subject === null ? [] : (specification ?? []))),
  );
  const drawn: DrawnFigure[] = [];
  for (const each of specified) drawn.push(await drawOne(results, figure, each, common));
  return drawn;
}

/** Null where the step found nothing out about the runs. */
function specify(
  results: RecipeResults,
  figure: RecipeFigure,
  runs: readonly string[],
): FigureSpecification | null {
  const analyses = (results.found[stepAt(results, figure.of)] ?? []).filter(({ run }) => runs.includes(run));
  if (analyses.length === 0) return null;
  return figureSpecificationSchema.parse({
    source: { kind: 'runs', runs: analyses.map(({ run }) => run) },
    chart: figure.chart,
    settings: commonSettings(analyses),
    style: figure.style,
  });
}

/** What the axes of numbers of all of them show together; null for fewer than two. What cannot be drawn is left out. */
async function commonRanges(
  { figures }: RecipeResults,
  specifications: readonly FigureSpecification[],
): Promise<AxisRanges | null> {
  if (specifications.length < 2) return null;
  const known: AxisRanges[] = [];
  for (const specification of specifications) {
    const ranges = await figureRanges(figures, specification).catch(ifProblem);
    if (ranges !== null) known.push(ranges);
  }
  if (known.length < 2) return null;
  const over = (name: keyof AxisRanges): AxisRanges => {
    const [low, high] = extent(known.flatMap((ranges) => ranges[name] ?? []));
    return low === undefined ? {} : { [name]: [low, high] };
  };
  return { ...over('xRange'), ...over('yRange') };
}

/** The others are drawn; why this one is not is told when it is to be. */
function ifProblem(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

function isForSeveral({ chart }: RecipeFigure): boolean {
  const { ofLayers } = chartKind(chart);
  return ofLayers === 'all cells' || ofLayers === 'rows';
}

interface Wanted {
  readonly subject: RecipeSubject | null;
  readonly specification: FigureSpecification | null;
  /** Of its file, within the figures and without the ending. */
  readonly name: string;
}

/** A figure that cannot be drawn is told of, and the others are drawn. */
async function drawOne(
  results: RecipeResults,
  figure: RecipeFigure,
  { subject, specification: own, name }: Wanted,
  common: AxisRanges | null,
): Promise<DrawnFigure> {
  const none = { subject, files: [], notes: [], sharesScales: false };
  if (own === null) return { ...none, refusal: `nothing was found out by the step "${figure.of}".` };
  const sharesScales = subject !== null && common !== null;
  const specification = sharesScales ? { ...own, style: { ...own.style, ...common } } : own;
  try {
    const files: ExportedFile[] = [];
    let notes: readonly string[] = [];
    for (const format of results.formats) {
      const rendered = await renderFigure(results.figures, specification, format, posix.basename(name));
      const folder = posix.join('figures', posix.dirname(name));
      for (const file of [rendered.file, ...rendered.pictures])
        files.push({ ...file, fileName: posix.join(folder, file.fileName) });
      notes = rendered.notes;
    }
    return { subject, files, notes, sharesScales, refusal: null };
  } catch (error) {
    if (error instanceof Problem) return { ...none, refusal: error.message };
    throw error;
  }
}
