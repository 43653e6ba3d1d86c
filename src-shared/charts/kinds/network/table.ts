import { operationWords, shapeWords } from '../../../networks/layer-words.ts';
import type { ChartTable } from '../../chart-table.ts';
import type { Side } from '../../network/graph-layout.ts';
import type { NetworkData } from './data.ts';

/** A row for each layer, and one for whatever else has a value: a module, a branch. */
export function networkTable({ left, right, values }: NetworkData): ChartTable {
  const sides = [
    ['left', left],
    ['right', right],
  ] as const;
  return {
    columns: [
      ...['cell', 'module', 'layer', 'role', 'operation', 'output', 'parameters', 'MACs'],
      ...(values ? [values.quantity.title] : []),
    ],
    rows: sides.flatMap(([side, subject]) => {
      if (!subject) return [];
      const valueOf = (name: string) => (values ? [values.values[side].get(name) ?? null] : []);
      const layers = subject.blocks.flatMap((block) => block.layers);
      const names = new Set(layers.map(({ layer }) => layer.name));
      return [
        ...layers.map(({ layer, cost }) => [
          ...[subject.title, layer.module, layer.name, layer.role],
          ...[operationWords(layer), shapeWords(layer.output), cost.parameters, cost.macs],
          ...valueOf(layer.name),
        ]),
        ...othersOf(side, values, names).map((name) => [
          ...[subject.title, null, name, null, null, null, null, null],
          ...valueOf(name),
        ]),
      ];
    }),
  };
}

function othersOf(side: Side, values: NetworkData['values'], names: ReadonlySet<string>): string[] {
  return [...(values?.values[side].keys() ?? [])].filter((name) => !names.has(name));
}
