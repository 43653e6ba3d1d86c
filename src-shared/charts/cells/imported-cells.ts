import { seenImages } from '../../analysis/seen-images.ts';
import type { Analysis } from '../../analysis/analysis-result.ts';
import { networkCost } from '../../networks/costs.ts';
import type { NetworkRecord } from '../../networks/network-record.ts';
import { resolveNetwork } from '../../networks/parse-network.ts';
import { tInterval } from '../../statistics/interval.ts';
import type { CellTable, MeasuredCell } from './measured-cell.ts';

/**
 * A table of cells with imported networks beside them, each a cell of its own with one "run", the network: it was trained
 * once, elsewhere. It has none of the settings that vary, so that no mean is over it and the cells of a study.
 */
export function withImported(table: CellTable, networks: readonly NetworkRecord[]): CellTable {
  if (networks.length === 0) return table;
  const isOnlyCell = table.varying.length === 0;
  const own = table.cells.map((cell) => (isOnlyCell ? { ...cell, name: cell.study } : cell));
  return { ...table, cells: [...own, ...networks.map(importedCell)] };
}

function importedCell({ id, name, description, input, classes }: NetworkRecord): MeasuredCell {
  const images = { input, classes: classes.length };
  const { parameters, macs } = networkCost(resolveNetwork(description, images));
  return {
    ...{ id, name, images, isImported: true, network: description, parameters, macs },
    ...{ study: '', dataset: '', settings: {}, runs: [id], leftOut: [], unasked: 0, computedWith: [] },
    measured: [{ run: id, seed: 0, value: NaN, judged: null }],
    interval: tInterval([]),
  };
}

/** What is to be said of the imported networks of which something is shown. @param byRun what, by run or network */
export function importedNotes({ cells }: CellTable, byRun: ReadonlyMap<string, Analysis>): string[] {
  return cells.flatMap(({ id, name = '', isImported }) => {
    const analysis = byRun.get(id);
    if (isImported !== true || analysis === undefined) return [];
    const images = seenImages(analysis);
    return [
      `${name}: imported, one network without seeds${images ? `, on the images of ${images.title}` : ''}`,
    ];
  });
}
