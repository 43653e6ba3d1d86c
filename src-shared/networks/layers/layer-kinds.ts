import type { LayerCommon } from '../layer.ts';
import * as all from './all.ts';
import type { LayerKind, LayerSite } from './define-layer.ts';

type Kind = (typeof all)[keyof typeof all];
type LayerOf<K> = K extends { words(layer: infer L extends LayerCommon): string } ? L : never;
type OptionsOf<K, Name> = K extends {
  readonly kind: Name;
  plan(options: infer Options, site: LayerSite): unknown;
}
  ? Options
  : never;

/** A layer of any kind. */
export type Layer = LayerOf<Kind>;
export type LayerKindName = Layer['kind'];
/** What a family says of a layer of a kind beside its place. */
export type LayerOptions<Name extends LayerKindName> = OptionsOf<Kind, Name>;
export type ConvolutionLayer = Extract<Layer, { kind: 'convolution' }>;
/** A layer whose kernel slides over its input, be it dense over the channels or not. */
export type SlidingLayer = Extract<Layer, { kernel: readonly [number, number] }>;

const byName: ReadonlyMap<string, Kind> = new Map(Object.values(all).map((kind) => [kind.kind, kind]));

/** The kind of a name. */
export function layerKind(name: LayerKindName): LayerKind<Layer, unknown> {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`There is no kind of layer ${name}.`);
  return kind;
}

/** What is known of a layer's kind. */
export function kindOf({ kind }: Layer): LayerKind<Layer, unknown> {
  return layerKind(kind);
}

export function isSliding(layer: Layer): layer is SlidingLayer {
  return 'kernel' in layer;
}
