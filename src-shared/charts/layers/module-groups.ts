import type { AxisGroup } from '../axis-groups.ts';
import type { CellModules } from './cell-modules.ts';
import { mergeOrders } from './merge-orders.ts';

/** Layers along an axis, under the names of their modules. */
export interface ModuleGroups {
  readonly groups: readonly AxisGroup[];
  /** Which layers stand under a name, in their order; empty where each has a name of its own. */
  readonly note: string;
}

/** @param layers in the order of the network */
export function moduleGroups(
  layers: readonly string[],
  { places }: Pick<CellModules, 'places'>,
): ModuleGroups {
  const groups: AxisGroup[] = [];
  const orders: string[][] = [];
  for (const [at, layer] of layers.entries()) {
    const { module: label, part } = places.get(layer) ?? { module: layer, part: layer };
    const last = groups.at(-1);
    if (last?.label === label) {
      groups[groups.length - 1] = { ...last, to: at };
      orders.at(-1)?.push(part);
    } else {
      groups.push({ label, from: at, to: at });
      orders.push([part]);
    }
  }
  // a layer outside the modules gives its name to those that follow it
  const isModule = (at: number): boolean => !layers.includes(groups[at]?.label ?? '');
  const parts = mergeOrders(orders.filter(({ length }, at) => length > 1 && isModule(at)));
  return { groups, note: parts.length === 0 ? '' : `layers of a module: ${parts.join(', ')}` };
}
