import type { OneOrMore } from '../../src-shared/networks/layers/define-layer.ts';
import { kindOf, type Layer } from '../../src-shared/networks/layers/layer-kinds.ts';

/**
 * Layers that may be computed together, by the layer that puts their outputs side by side: they are of one kind, read the same,
 * and nothing else reads them.
 *
 * @param given names of layers that are not computed
 */
export function layersBeside(
  layers: readonly Layer[],
  given: { has(name: string): boolean },
): ReadonlyMap<Layer, OneOrMore<Layer>> {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const readers = Map.groupBy(
    layers.flatMap(({ inputs }) => inputs),
    (name) => name,
  );
  const found = new Map<Layer, OneOrMore<Layer>>();
  for (const joining of layers) {
    if (kindOf(joining).sideBySide?.(joining) !== true) continue;
    const [first, ...others] = joining.inputs.flatMap((name) => byName.get(name) ?? []);
    if (first === undefined || others.length + 1 < joining.inputs.length) continue;
    const isAlike = ({ name, kind, inputs }: Layer): boolean =>
      kind === first.kind &&
      inputs.length === 1 &&
      inputs[0] === first.inputs[0] &&
      readers.get(name)?.length === 1 &&
      !given.has(name);
    if ([first, ...others].every(isAlike)) found.set(joining, [first, ...others]);
  }
  return found;
}
