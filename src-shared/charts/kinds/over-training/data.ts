import type { Analysis } from '../../../analysis/analysis-result.ts';
import { checkpointOf, epochOf, withoutCheckpoint } from '../../../analysis/checkpoints.ts';
import { settingsKey } from '../../../analysis/comparable-analyses.ts';
import { counted } from '../../../counted.ts';
import { evenSample } from '../../../even-sample.ts';
import type { Problem } from '../../../mistakes/problem.ts';
import { type CellTable, countedRuns } from '../../cells/measured-cell.ts';
import { ofLayer } from '../../layers/cell-groups.ts';
import type { LayerMeasure } from '../../layers/layer-measure.ts';
import { layerTable, type LayerTable } from '../../layers/layer-table.ts';
import { MissingAnalyses } from '../../layers/missing-analyses.ts';
import { mergeOrders } from '../../layers/merge-orders.ts';
import type { FactorData } from '../factor/data.ts';
import { type FactorLine, linesNotes } from '../factor/line-notes.ts';
import { factorPoint } from '../factor/points.ts';

/** Lines of so many layers can still be told apart. */
const MOST_LINES = 10;

export interface OverTraining {
  readonly chosen: LayerMeasure;
  readonly roles: readonly string[] | null;
  /** Of the whole training, by run. */
  readonly epochs: ReadonlyMap<string, number>;
}

/** An analysis with the epoch after which its checkpoint was written. */
interface Placed {
  readonly epoch: number;
  readonly analysis: Analysis;
}

/**
 * A measure of layers from epoch to epoch: a line for each layer, in the order of the network; of more layers than can be told apart an
 * even sample. All points are over the same runs: those that were looked at after the same epochs as most.
 *
 * @param found of the runs at any checkpoint, at least by the method
 * @throws Problem `usage` where no run was looked at after two epochs or more
 */
export function overTrainingData(
  table: CellTable,
  found: readonly Analysis[],
  { chosen, roles, epochs }: OverTraining,
): FactorData {
  const own = found.filter(({ method }) => method === chosen.method.name);
  const placed = comparable(own, epochs);
  const { at, runs } = commonEpochs(placed);
  if (at.length < 2) throw tooFew(chosen);
  const drawn = ofRuns(table, runs);
  const tables = at.map((epoch) =>
    layerTable(
      drawn,
      placed.flatMap((each) => (each.epoch === epoch && runs.has(each.analysis.run) ? [each.analysis] : [])),
      chosen,
      roles,
    ),
  );
  const [first] = tables;
  if (!first) throw new Error('there are two epochs or more');
  const layers = mergeOrders(tables.map((each) => each.layers));
  const shown = evenSample(layers, MOST_LINES);
  const lines = shown.map((layer): FactorLine => {
    const points = tables.map((each, place) => pointOf(each, layer, at[place] ?? 0));
    return {
      label: layer,
      value: layer,
      points: points.filter(({ runs }) => runs.length > 0),
      isJoined: true,
    };
  });
  const lineTitle = 'layer';
  return {
    quantity: first.quantity,
    x: {
      title: 'epoch',
      places: at.map((epoch) => ({ at: epoch, label: String(epoch), value: epoch })),
      ordered: true,
    },
    ...{ lineTitle, lines, references: [], borders: [] },
    notes: [
      ...linesNotes(lines, lineTitle, first.quantity),
      ...first.notes,
      shown.length < layers.length
        ? `${shown.length} of ${counted(layers.length, 'layer')}, evenly over the network`
        : '',
      ...leftOutNotes(table, { own, placed, runs }),
      'epoch 0 is before the training',
    ],
  };
}

function pointOf({ cells, varying, quantity }: LayerTable, layer: string, epoch: number) {
  return factorPoint(
    ofLayer(cells, layer),
    { at: epoch, label: String(epoch) },
    { others: varying, range: quantity.range },
  );
}

/** The table with these of its runs. */
function ofRuns(table: CellTable, runs: ReadonlySet<string>): CellTable {
  const cells = table.cells.map((cell) => ({
    ...cell,
    measured: cell.measured.filter(({ run }) => runs.has(run)),
  }));
  return { ...table, cells };
}

/** How many runs are not drawn, and why. */
function leftOutNotes(
  table: CellTable,
  known: {
    readonly own: readonly Analysis[];
    readonly placed: readonly Placed[];
    readonly runs: ReadonlySet<string>;
  },
): string[] {
  const all = new Set(countedRuns(table));
  const among = (ids: readonly string[]): number => new Set(ids.filter((id) => all.has(id))).size;
  const [analysed, alike] = [
    among(known.own.map(({ run }) => run)),
    among(known.placed.map(({ analysis }) => analysis.run)),
  ];
  const note = (count: number, words: string): string =>
    count > 0 ? `${counted(count, 'run')} ${words}` : '';
  return [
    note(all.size - analysed, 'not analysed'),
    note(analysed - alike, 'analysed with other settings left out'),
    note(alike - among([...known.runs]), 'analysed after other epochs left out'),
  ];
}

/** With the settings that most of the analyses share, of equally many the latest. */
function comparable(own: readonly Analysis[], epochs: ReadonlyMap<string, number>): Placed[] {
  const groups = [...Map.groupBy(own, ({ settings }) => settingsKey(withoutCheckpoint(settings))).values()];
  const newest = (all: readonly Analysis[]): string =>
    all
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .at(-1) ?? '';
  const [most = []] = groups.toSorted(
    (one, other) => other.length - one.length || (newest(other) > newest(one) ? 1 : -1),
  );
  return most.flatMap((analysis) => {
    const epoch = epochOf(checkpointOf(analysis.settings), epochs.get(analysis.run) ?? NaN);
    // the numbers are compared, whichever checkpoint they are of
    const settings = withoutCheckpoint(analysis.settings);
    return epoch === null || Number.isNaN(epoch) ? [] : [{ epoch, analysis: { ...analysis, settings } }];
  });
}

interface CommonEpochs {
  /** Rising. */
  readonly at: readonly number[];
  /** Those that were looked at after exactly these. */
  readonly runs: ReadonlySet<string>;
}

/** Of the runs those that were looked at after the same epochs as most of them, of equally many after the most epochs. */
function commonEpochs(placed: readonly Placed[]): CommonEpochs {
  const ofRun = [...Map.groupBy(placed, ({ analysis }) => analysis.run).values()];
  const epochsOf = (own: readonly Placed[]): number[] =>
    [...new Set(own.map(({ epoch }) => epoch))].toSorted((one, other) => one - other);
  const several = ofRun.filter((own) => epochsOf(own).length > 1);
  const groups = [...Map.groupBy(several, (own) => epochsOf(own).join()).values()];
  const [most = []] = groups.toSorted(
    (one, other) =>
      other.length - one.length || epochsOf(other[0] ?? []).length - epochsOf(one[0] ?? []).length,
  );
  return {
    at: epochsOf(most[0] ?? []),
    runs: new Set(most.flatMap((own) => own.map(({ analysis }) => analysis.run))),
  };
}

function tooFew({ method, measure }: LayerMeasure): Problem {
  const message =
    `"${measure.title}" is known at fewer than two checkpoints of each of these runs. More than the first and the last are kept ` +
    'where the study file says so: record: { checkpoints: 5 }.';
  return new MissingAnalyses(message, method.name, true);
}
