import { z } from 'zod';
import { describeFields } from '../../src-shared/fields/field.ts';
import { capital } from '../../src-shared/charts/quantity.ts';

/** How a field of a network or a recipe is entered, as its schema has it. */
export type FieldControl = FieldCommon & (RangeKind | ChoiceKind | OtherKind);

interface FieldCommon {
  readonly name: string;
  /** What people call it, as it stands before an input: `Squeeze ratio`. */
  readonly title: string;
  /** What it does: a sentence. */
  readonly about: string;
  /** Undefined where the field has none; what holds then is said by its hint. */
  readonly default: unknown;
  /** Completes the sentence "it must be …"; empty where there is nothing to say. */
  readonly accepts: string;
  /** Number of entries, where the field takes a list in place of one value; else null. */
  readonly entries: number | null;
}

interface RangeKind {
  readonly kind: 'number';
  readonly whole: boolean;
  /** Bounds of a slider; null where the field has no upper bound. */
  readonly slider: { readonly least: number; readonly most: number } | null;
}

interface ChoiceKind {
  /** `choices` are several of the options. */
  readonly kind: 'choice' | 'choices';
  readonly options: readonly (string | number)[];
}

interface OtherKind {
  readonly kind: 'switch' | 'numbers';
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const SLIDER_STEPS = 100;

/** The fields of a schema in their order, without `family`, which is chosen elsewhere. */
export function fieldControls(schema: z.ZodObject): FieldControl[] {
  const properties = z.toJSONSchema(schema, { io: 'input' }).properties ?? {};
  return describeFields(schema).map(({ name, title, about, accepts, default: value }) => {
    const property = asSchema(properties[name]);
    return {
      ...{ name, title: capital(title), about: `${capital(about.replaceAll('`', ''))}.`, accepts },
      ...{ default: value ?? undefined, entries: entriesOf(property) },
      ...kindOf(property),
    };
  });
}

function entriesOf(property: JsonSchema): number | null {
  const list = property.anyOf?.map(asSchema).find(({ type }) => type === 'array');
  return list?.maxItems ?? null;
}

/** Of several ways to write a value the first is taken; the others are for those who write YAML. */
function kindOf(property: JsonSchema): RangeKind | ChoiceKind | OtherKind {
  const first = asSchema(property.anyOf?.[0] ?? property);
  if (first.enum) return { kind: 'choice', options: optionsOf(first) };
  if (first.type === 'boolean') return { kind: 'switch' };
  if (first.type === 'array') {
    const items = asSchema(Array.isArray(first.items) ? first.items[0] : first.items);
    return items.enum ? { kind: 'choices', options: optionsOf(items) } : { kind: 'numbers' };
  }
  const whole = first.type === 'integer';
  return { kind: 'number', whole, slider: whole ? null : sliderOf(first) };
}

/** A hundredth is the step; a bound that the field does not take itself is left out by one step. */
function sliderOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): RangeKind['slider'] {
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  if (typeof low !== 'number' || typeof high !== 'number' || high > 1) return null;
  const step = (high - low) / SLIDER_STEPS;
  return { least: minimum ?? low + step, most: maximum ?? high - step };
}

function optionsOf({ enum: values = [] }: JsonSchema): (string | number)[] {
  return values.filter((value) => typeof value === 'string' || typeof value === 'number');
}

function asSchema(schema: z.core.JSONSchema._JSONSchema | undefined): JsonSchema {
  return typeof schema === 'object' ? schema : {};
}
