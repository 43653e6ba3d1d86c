import type { Graph } from './graph.ts';
import { kindOf, type Layer } from './layers/layer-kinds.ts';

/** Where a layer stands when a network is read module by module. */
export interface ModulePlace {
  /** The module that it is in or follows, or itself. */
  readonly module: string;
  /** What it is there; no other layer of the module is called so: `squeeze`, `concatenation`, `pool`. */
  readonly part: string;
}

/**
 * By layer its place among the modules. A layer outside of them with weights of its own is a place by itself; one without,
 * such as a pool, stands where what it reads does. Parts are called by their roles, what joins branches by its kind; where
 * a module has several of one role, their names tell them apart.
 */
export function modulePlaces({ layers }: Graph): ReadonlyMap<string, ModulePlace> {
  const modules = new Map<string, string>();
  for (const layer of layers) modules.set(layer.name, moduleOf(layer, modules));
  return distinctParts(
    new Map(
      layers.map((layer) => [layer.name, { module: modules.get(layer.name) ?? '', part: partOf(layer) }]),
    ),
  );
}

/** With the own names of layers in the parts of which a module has several. @param places by layer */
export function distinctParts(places: ReadonlyMap<string, ModulePlace>): ReadonlyMap<string, ModulePlace> {
  const twins = Map.groupBy(places.values(), ({ module, part }) => JSON.stringify([module, part]));
  const several = new Set([...twins.values()].flatMap(([, second]) => second?.part ?? []));
  return new Map(
    [...places].map(([name, { module, part }]) => [
      name,
      { module, part: several.has(part) ? `${part} ${ownName(name)}` : part },
    ]),
  );
}

function moduleOf({ name, module, weights, inputs }: Layer, known: ReadonlyMap<string, string>): string {
  if (module !== null) return module;
  const read = inputs[0] === undefined ? undefined : known.get(inputs[0]);
  return weights.length > 0 || read === undefined ? name : read;
}

function partOf(layer: Layer): string {
  return kindOf(layer).joins ? layer.kind : layer.role;
}

/** Without its module: `squeeze` of `fire2/squeeze`. */
function ownName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
