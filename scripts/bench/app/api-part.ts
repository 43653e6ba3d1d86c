import { createApplication, type Application } from '../../../src-main/api/application.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { heatMapData } from '../../../src-shared/charts/kinds/heat-map/data.ts';
import type { RunTable } from '../../../src-shared/contract/api/runs.ts';
import { queryRuns, type RunQuery } from '../../../src-shared/runs/query-runs.ts';
import { indexRuns, type RunIndex } from '../../../src-shared/runs/run-index.ts';
import type { Spread } from '../shared/spread.ts';
import { type BenchPart, type BenchStore, type Measurement, milliseconds } from './measurement.ts';

const FILTER = 'testAccuracy > 0.5 and network.sr <= 0.5 and state = complete';
const STUDY = 'squeeze-0';
const CURVES = 500;

/** What the page asks the application, without a transport; and what page and application work out from the table. */
export const apiPart: BenchPart = async (bench) => {
  const opened = await milliseconds(bench.rounds, async () => {
    const application = open(bench);
    await application.request('runs.table', {});
    await application.close();
  });
  const application = open(bench);
  try {
    const table = await application.request('runs.table', {});
    return [
      timed('open the store, all runs and cells', opened, 1000),
      timed(
        'all runs and cells',
        await milliseconds(bench.rounds, () => application.request('runs.table', {})),
        null,
      ),
      ...(await queryTimes(bench, table)),
      ...(await curveTimes(bench, application, table)),
    ];
  } finally {
    await application.close();
  }
};

function open({ file, home }: BenchStore): Application {
  return createApplication({ home, storeFile: file });
}

async function queryTimes({ rounds }: BenchStore, table: RunTable): Promise<Measurement[]> {
  const query = { filter: '', sort: [], groupBy: [], summarize: [] } satisfies RunQuery;
  const sort = [
    { column: 'testAccuracy', descending: true },
    { column: 'network.sr', descending: false },
  ];
  const cells = table.cells.filter(({ study }) => study === STUDY);
  // An index remembers its columns, so that each round has a new one: the times are those of a first use.
  const measure = async (action: (index: RunIndex) => unknown): Promise<Spread> => {
    const indices = Array.from({ length: rounds + 1 }, () => indexRuns(table));
    return milliseconds(rounds, () => action(indices.pop() ?? indexRuns(table)));
  };
  const heatMap = (index: RunIndex): unknown => {
    const { rows } = queryRuns(index, { ...query, filter: `study = ${STUDY}` });
    const settings = { x: 'network.sr', y: 'network.pct3x3', marginals: true };
    return heatMapData(measureCells(index, rows, cells, 'testAccuracy'), settings);
  };
  return [
    timed('index of a new table', await milliseconds(rounds, () => indexRuns(table)), null),
    timed('filter', await measure((index) => queryRuns(index, { ...query, filter: FILTER })), 50),
    timed('sort by two columns', await measure((index) => queryRuns(index, { ...query, sort })), 50),
    timed(
      'group by cell, mean and interval',
      await measure((index) =>
        queryRuns(index, { ...query, groupBy: ['cell'], summarize: ['testAccuracy'] }),
      ),
      50,
    ),
    timed(`heat map of ${cells.length} cells`, await measure(heatMap), 50),
  ];
}

async function curveTimes(
  { rounds }: BenchStore,
  application: Application,
  { runs }: RunTable,
): Promise<Measurement[]> {
  const every = Math.max(1, Math.floor(runs.length / CURVES));
  const chosen = runs.filter((_, place) => place % every === 0).slice(0, CURVES);
  const ids = chosen.map(({ id }) => id);
  const ask = (metric: 'loss' | 'validationAccuracy'): Promise<Spread> =>
    milliseconds(rounds, () => application.request('runs.curves', { runs: ids, metric }));
  return [
    timed(`loss by step of ${ids.length} runs`, await ask('loss'), 200),
    timed(`validation accuracy by epoch of ${ids.length} runs`, await ask('validationAccuracy'), 200),
  ];
}

function timed(name: string, spread: Spread, limit: number | null): Measurement {
  return { name, unit: 'ms', spread, limit };
}
