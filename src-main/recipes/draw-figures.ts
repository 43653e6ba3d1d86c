import { posix } from 'node:path';
import { figureSpecificationSchema } from '../../src-shared/figures/figure-specification.ts';
import { chartKind } from '../../src-shared/charts/kinds/registry.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RecipeFigure } from '../../src-shared/recipes/analysis-recipe.ts';
import type { ExportedFile } from '../files/exported-file.ts';
import { renderFigure } from '../figures/render-figure.ts';
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
  /** Why there is none; null for a figure that was drawn. */
  readonly refusal: string | null;
}

/**
 * Draws a figure of all subjects together, where its chart has room for several and they are of one family, so that they
 * have layers in common; and of each of them by itself.
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
  const drawn: DrawnFigure[] = [];
  for (const each of wanted) drawn.push(await drawOne(results, figure, each));
  return drawn;
}

function isForSeveral({ chart }: RecipeFigure): boolean {
  const { ofStudy } = chartKind(chart);
  return ofStudy === 'all cells' || ofStudy === 'rows';
}

interface Wanted {
  readonly subject: RecipeSubject | null;
  readonly runs: readonly string[];
  /** Of its file, within the figures and without the ending. */
  readonly name: string;
}

/** A figure that cannot be drawn is told of, and the others are drawn. */
async function drawOne(
  results: RecipeResults,
  figure: RecipeFigure,
  { subject, runs, name }: Wanted,
): Promise<DrawnFigure> {
  const analyses = (results.found[stepAt(results, figure.of)] ?? []).filter(({ run }) => runs.includes(run));
  if (analyses.length === 0)
    return { subject, files: [], notes: [], refusal: `nothing was found out by the step "${figure.of}".` };
  const specification = figureSpecificationSchema.parse({
    source: { kind: 'runs', runs: analyses.map(({ run }) => run) },
    chart: figure.chart,
    settings: commonSettings(analyses),
    style: figure.style,
  });
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
    return { subject, files, notes, refusal: null };
  } catch (error) {
    if (error instanceof Problem) return { subject, files: [], notes: [], refusal: error.message };
    throw error;
  }
}
