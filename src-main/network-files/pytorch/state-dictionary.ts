import { Refused } from './pickle-machine.ts';
import { type Pickled, Tensor } from './pickled.ts';

/** Keys under which training programs keep the weights beside epochs, optimizers and the like. */
const WRAPPERS = ['state_dict', 'model_state_dict', 'model', 'net', 'network', 'params', 'weights'];

/** What wrappers of modules put before every name: data parallel, compiled, lightning. */
const PREFIXES = ['module.', '_orig_mod.', 'model.', 'net.'];

export type NamedView = readonly [name: string, tensor: Tensor];

/**
 * The tensors of a state dictionary in its order, without what wrappers put before all their names.
 * @throws Refused where there are none
 */
export function namedViews(value: Pickled): NamedView[] {
  // a wrapper may hold single tensors of its own, such as the best accuracy
  const wrapped = WRAPPERS.map((key) => viewsIn(entryOf(value, key))).find((each) => each !== null);
  const views = wrapped ?? viewsIn(value);
  if (!views) throw new Refused('it contains no weights by name: save model.state_dict() with torch.save');
  return withoutPrefixes(views);
}

/** Null where a value is no dictionary with tensors. */
function viewsIn(value: Pickled | undefined): NamedView[] | null {
  if (!(value instanceof Map)) return null;
  const views = [...(value as ReadonlyMap<Pickled, Pickled>)].flatMap(([name, entry]) =>
    typeof name === 'string' && entry instanceof Tensor ? [[name, entry] as const] : [],
  );
  return views.length > 0 ? views : null;
}

function entryOf(value: Pickled, key: string): Pickled | undefined {
  return value instanceof Map ? (value as ReadonlyMap<Pickled, Pickled>).get(key) : undefined;
}

function withoutPrefixes(views: readonly NamedView[]): NamedView[] {
  const prefix = PREFIXES.find((each) => views.every(([name]) => name.startsWith(each)));
  if (prefix === undefined) return [...views];
  return withoutPrefixes(views.map(([name, view]) => [name.slice(prefix.length), view]));
}
