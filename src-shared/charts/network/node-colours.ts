import type { LayerCost } from '../../networks/costs.ts';
import { roleNamed } from '../../networks/families.ts';
import type { DrawnLayer } from '../../networks/lay-out-network.ts';
import { ROLE_INKS } from '../../networks/role-colours.ts';
import { BYPASS } from '../../networks/role.ts';
import { type ColourScale } from '../colour-bar.ts';
import { colourScale, differenceColourScale } from '../colour-scale.ts';
import { AROUND_ZERO, type ColourChoice, colourAmong, inkOn, mapStops } from '../palette.ts';
import { type Quantity, quantityOf } from '../quantity.ts';
import type { GraphNode, Side } from './graph-layout.ts';

export interface NodeColour {
  readonly fill: string;
  /** Of what is written on it. */
  readonly ink: string;
}

/** What has a colour: a layer, or what methods of analysis take apart. */
export type Coloured = Pick<GraphNode, 'side' | 'name' | 'kind' | 'drawn'>;

/** Null for what nothing is known of. */
export type ColourOf = (node: Coloured) => NodeColour | null;

/** A cost of layers by which nodes are coloured. */
export interface LayerCostMeasure {
  readonly key: string;
  readonly quantity: Quantity;
  readonly of: (cost: LayerCost) => number;
}

export const LAYER_COSTS: readonly LayerCostMeasure[] = [
  costMeasure('parameters', 'parameters', 'count', ({ parameters }) => parameters),
  costMeasure('macs', 'MACs', 'count', ({ macs }) => macs),
  costMeasure('activations', 'activations', 'bytes', ({ activationBytes }) => activationBytes),
  costMeasure('field', 'receptive field, px', 'count', ({ receptiveField }) => receptiveField),
];

function costMeasure(
  key: string,
  title: string,
  kind: 'count' | 'bytes',
  of: LayerCostMeasure['of'],
): LayerCostMeasure {
  return { key, quantity: quantityOf({ key, title, short: title, kind, better: null }), of };
}

/** Numbers of nodes, of both networks on one scale. */
export interface NodeValues {
  readonly quantity: Quantity;
  /** By the names of nodes. */
  readonly values: Readonly<Record<Side, ReadonlyMap<string, number>>>;
}

/** The cost of each layer that has one. */
export function costValues(
  { quantity, of }: LayerCostMeasure,
  left: readonly DrawnLayer[],
  right: readonly DrawnLayer[] = [],
): NodeValues {
  const valuesOf = (layers: readonly DrawnLayer[]): ReadonlyMap<string, number> =>
    new Map(layers.flatMap(({ layer, cost }) => (of(cost) > 0 ? [[layer.name, of(cost)] as const] : [])));
  return { quantity, values: { left: valuesOf(left), right: valuesOf(right) } };
}

/** Of modules none, and none of what has neither weights nor a colour of its own. */
export function roleColours(theme: 'light' | 'dark'): ColourOf {
  const { of, on } = ROLE_INKS[theme];
  return ({ kind, drawn }) => {
    if (kind === 'module' || (drawn && !hasRoleColour(drawn))) return null;
    return { fill: of[drawn ? roleNamed(drawn.layer.role).colour : BYPASS.colour], ink: on };
  };
}

export function hasRoleColour({ layer }: DrawnLayer): boolean {
  return layer.weights.length > 0 || roleNamed(layer.role).colour !== 'grey';
}

export interface ValueColours {
  readonly colourOf: ColourOf;
  readonly scale: ColourScale;
}

/**
 * Colours of the map that heat maps have, from the least to the greatest of all values.
 * @param others for which the scale has room, too
 */
export function valueColours(
  { quantity, values }: NodeValues,
  others: readonly number[] = [],
  choice: ColourChoice = {},
): ValueColours {
  const scale = colourScale(quantity, [...values.left.values(), ...values.right.values(), ...others]);
  return { scale, colourOf: coloursOn(scale, { quantity, values }, mapStops(choice)) };
}

/** Colours of differences, of which the greatest on either side of zero is as far from it. */
export function differenceColours({ quantity, values }: NodeValues): ValueColours {
  const scale = differenceColourScale(quantity, [...values.left.values()]);
  return { scale, colourOf: coloursOn(scale, { quantity, values }, AROUND_ZERO) };
}

function coloursOn(
  { low, high }: ColourScale,
  { quantity, values }: NodeValues,
  stops: readonly string[],
): ColourOf {
  return ({ side, name }) => {
    const value = values[side].get(name);
    if (value === undefined) return null;
    const fill = colourAmong(stops, (value * quantity.scale - low) / (high - low));
    return { fill, ink: inkOn(fill) };
  };
}
