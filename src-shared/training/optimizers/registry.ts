import type { z } from 'zod';
import { andList } from '../../lists.ts';
import { field, wordsOf } from '../../fields/field.ts';
import * as all from './all.ts';
import type { Optimizer } from './optimizer.ts';

type Defined = (typeof all)[keyof typeof all];
export type OptimizerName = Defined['name'];

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  each: infer Each,
) => void
  ? Each
  : never;
type Fields = Intersection<Defined['fields']>;

/** All optimizers in the order in which they are listed. */
export const OPTIMIZERS: readonly Optimizer<OptimizerName>[] = Object.values<Optimizer<OptimizerName>>(
  all,
).toSorted((one, other) => one.order - other.order);

export const optimizerNames: readonly OptimizerName[] = OPTIMIZERS.map(({ name }) => name);

/** Fields of the recipe that belong to some optimizers only; their words say to which. */
export const optimizerFields: Fields = collectFields();

/** @throws Error for a name that is no optimizer's: nothing may be trained in some other way than was asked */
export function optimizerNamed(name: OptimizerName): Optimizer<OptimizerName> {
  const found = OPTIMIZERS.find((optimizer) => optimizer.name === name);
  if (found === undefined) throw new Error(`there is no optimizer "${name}"`);
  return found;
}

/** The optimizers that a field of the recipe belongs to; none for a field that goes with all of them. */
export function optimizersWith(field: string): OptimizerName[] {
  return OPTIMIZERS.filter(({ fields }) => Object.hasOwn(fields, field)).map(({ name }) => name);
}

function collectFields(): Fields {
  const shared = new Map<string, z.ZodType>();
  for (const [name, schema] of OPTIMIZERS.flatMap(({ fields }) => Object.entries(fields))) {
    if ((shared.get(name) ?? schema) !== schema)
      throw new Error(`two optimizers have a field ${name} of their own`);
    shared.set(name, schema as z.ZodType);
  }
  const worded = [...shared].map(([name, schema]) => {
    const words = wordsOf(name, schema);
    const about = `of ${andList(optimizersWith(name))}: ${words.about}`;
    return [name, field(schema.clone(), { ...words, about })] as const;
  });
  return Object.fromEntries(worded) as Fields;
}
