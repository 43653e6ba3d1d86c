/** Where a layer of a run has its page; null for the whole network. */
export interface LayerAddress {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly hash: string;
}

/** @param hash a part of the page, e.g. `#pictures` */
export function layerAddress(run: string, layer: string | null, hash = ''): LayerAddress {
  return { path: '/network/layer', query: layer === null ? { run } : { run, layer }, hash };
}

/** What a layer is called where there may be none. */
export function layerTitle(layer: string | null): string {
  return layer ?? 'whole network';
}
