import type { MethodDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { measureKey, methodOf } from '../../../src-shared/analysis/findings.ts';
import { scopesOf } from '../../../src-shared/analysis/result-scope.ts';
import { countedRuns } from '../../../src-shared/charts/cells/measured-cell.ts';
import { CHART_KINDS, figureChartSchema } from '../../../src-shared/charts/kinds/registry.ts';
import { counted } from '../../../src-shared/counted.ts';
import { type WantedFigure, figureBlock } from '../report-figure.ts';
import type { ReportSubject } from '../report-subject.ts';
import { tableBlock } from '../report-table.ts';
import { type Block, paragraphs, type Section } from '../report.ts';

/** More cells than these are a thicket of lines. */
const MOST_LINES = 4;
/** More figures are an atlas; the page of layers has them all. */
const MOST_FIGURES = 12;

/** What the layers of the trained networks were found to do; null where nobody has looked at them. */
export async function layersSection(subject: ReportSubject): Promise<Section | null> {
  const { store, table, methods } = subject;
  const runs = countedRuns(table);
  const known = Map.groupBy(runs.length === 0 ? [] : store.knownAnalyses(runs), ({ method }) => method);
  const asked = methods.filter(({ name }) => known.has(name));
  if (asked.length === 0) return null;
  const wanted = asked.flatMap((method) => figuresOf(method, subject));
  const figures: Block[] = [];
  for (const each of wanted.slice(0, MOST_FIGURES)) figures.push(await figureBlock(subject, each));
  const left =
    wanted.length > MOST_FIGURES
      ? `${counted(wanted.length - MOST_FIGURES, 'further figure')} of the analyses in the store are left out here: ${wanted
          .slice(MOST_FIGURES)
          .map(({ title }) => title)
          .join('; ')}.`
      : '';
  const rows = asked.map(({ name, title, about, scatter }) => [
    ...[title, String(new Set(known.get(name)?.map(({ run }) => run)).size), `${about} ${scatter}`.trim()],
  ]);
  return {
    title: 'Layer analyses',
    blocks: [
      tableBlock(
        { columns: ['method', 'runs', 'what it tells'], rows },
        'Methods of analysis whose results the store has.',
      ),
      ...figures,
      ...paragraphs([left]),
    ],
  };
}

/** The first measure of its layers over depth, and charts that are of this method alone. */
function figuresOf(
  { name: method, title, measures }: MethodDescription,
  { table }: ReportSubject,
): WantedFigure[] {
  const lines = table.cells.length > MOST_LINES ? table.varying.map(({ path }) => path) : [];
  const measure = measures.find((each) => scopesOf(each).includes('layer'));
  const [line = null] = lines;
  const profile: WantedFigure[] =
    measure === undefined
      ? []
      : [
          {
            name: `layers-${method}`,
            title: `${title}: ${measure.title} over depth`,
            chart: { kind: 'depth', measure: measureKey(method, measure.name), line },
          },
        ];
  const own = CHART_KINDS.flatMap(
    ({ name: kind, title: what, ofLayers, scopes = [], begin, finding }): WantedFigure[] => {
      if (ofLayers === undefined || scopes.includes('layer')) return [];
      const chart = figureChartSchema.parse({ kind, ...begin(lines) });
      if (methodOf(finding(chart) ?? '') !== method) return [];
      return [{ name: `layers-${kind.replaceAll(' ', '-')}`, title: `${title}: ${what}`, chart }];
    },
  );
  return [...profile, ...own];
}
