import { figureWord, panelsOf } from '../../src-shared/figures/figure-panels.ts';
import type { figureRequests } from '../../src-shared/contract/api/figures.ts';
import { METHODS } from '../analysis/methods/registry.ts';
import { knownDataset } from '../datasets/known-dataset.ts';
import { packFiles } from '../exports/pack-files.ts';
import { figureRuns, shownRuns } from '../figures/figure-runs.ts';
import { describeFormat } from '../figures/formats/format.ts';
import { FIGURE_FORMATS, formatNamed } from '../figures/formats/registry.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** The requests about figures for papers. */
export function figureHandlers({
  store,
  runIndex,
  environment,
}: Pick<Host, 'store' | 'runIndex' | 'environment'>): HandlersOf<typeof figureRequests> {
  return {
    'figures.render': async ({ specification, format, isAlone }) => {
      // ECharts, pdfkit and resvg take their time to load; a figure is not asked for at every start.
      const { renderFigure } = await import('../figures/render-figure.ts');
      const setting = {
        store: store(),
        index: runIndex(),
        datasetOf: (dataset: string) => knownDataset(() => environment.describeDataset(dataset)),
        methods: METHODS,
      };
      const { file, pictures, warning, caption } = await renderFigure(
        setting,
        specification,
        formatNamed(format),
      );
      const { fileName, mediaType, bytes } = packFiles(
        isAlone ? [file] : [file, ...pictures],
        `${figureWord(specification)}.zip`,
      );
      return { fileName, mediaType, bytes: new Uint8Array(bytes), warning, caption };
    },
    'figures.formats': () => FIGURE_FORMATS.map(describeFormat),
    'figures.list': () => store().figures(),
    'figures.save': ({ id, name, specification }) => {
      const runs = panelsOf(specification).flatMap(({ source }) =>
        shownRuns(figureRuns(store(), runIndex(), source)),
      );
      return store().saveFigure({
        ...(id !== undefined && { id }),
        name,
        specification,
        runs: [...new Set(runs)],
      });
    },
    'figures.remove': ({ id }) => {
      store().removeFigure(id);
      return null;
    },
    'figures.restore': (figure) => store().restoreFigure(figure),
  };
}
