import { z } from 'zod';
import type { ResultScope } from '../analysis/analysis-result.ts';
import type { ChartNumbers } from './chart.ts';
import type { ChartSource } from './chart-source.ts';

/** What a kind of chart is drawn from: what training left, what analyses found; tables are not drawn. */
export type ChartBasis = 'runs' | 'analyses' | 'tables';

/** What may be chosen for a field: the command takes any text, the page lists what there is. */
export type ChoiceSource =
  | 'settings'
  | 'groups'
  | 'metrics'
  | 'curve metrics'
  | 'costs'
  | 'columns'
  | 'cells'
  | 'layers'
  | 'measures'
  | 'roles';

/** The settings of a chart, whatever its kind. */
export type ChartSettings = Readonly<Record<string, unknown>>;

/** How people meet a field of a chart: in a form, and as an option of the command. */
export interface ChartField {
  /** Above the control, or beside its box. */
  readonly title: string;
  /** In the help of the command. */
  readonly about: string;
  /** The option, where it is not called as the field is. That of a switch which is on stands for off. */
  readonly option?: string;
  /** What stands for its value in the help. */
  readonly value?: string;
  /** Absent for what is written, switched, or chosen from a closed set. */
  readonly choices?: ChoiceSource;
  /** What none of the choices is called, where none is allowed. */
  readonly none?: string | ((settings: ChartSettings) => string);
  /** The value where none is given and it follows from the settings that vary, and words for it. */
  readonly fill?: (varying: readonly string[]) => unknown;
  readonly usual?: string;
  /** Another field whose choice is not to be chosen here again. */
  readonly beside?: string;
  /** The page chooses one entry of the list. */
  readonly isSingle?: true;
  /** Whether the field makes a difference, given the others and of what the chart draws its measure. */
  readonly matters?: (settings: ChartSettings, scope: ResultScope | null) => boolean;
}

const FIELDS = z.registry<ChartField>();

/** Describes a field of a chart. */
export function chartField<Schema extends z.ZodType>(schema: Schema, about: ChartField): Schema {
  FIELDS.add(schema, about);
  return schema;
}

/** A field with its name and what its schema says. */
export interface NamedField extends ChartField {
  readonly name: string;
  readonly type: 'switch' | 'number' | 'list' | 'set' | 'text';
  /** All that there is, of a `set`. */
  readonly members: readonly string[];
  /** Of a number. */
  readonly limits: readonly [least: number, most: number];
  /** Undefined where one has to be given. */
  readonly default: unknown;
}

/** What the page knows beyond the settings when these are changed. */
export interface ChangeContext {
  /** Paths of the settings that vary. */
  readonly varying: readonly string[];
  /** Of what the chart draws a measure; null where it cannot. */
  readonly scopeOf: (measure: string) => ResultScope | null;
}

interface Described<Settings> {
  /** What the page calls it. */
  readonly title: string;
  /** One phrase for help and docs. */
  readonly about: string;
  readonly basis: ChartBasis;
  /** Whether LaTeX gets the chart's own numbers as a table instead of those of its cells; always of `tables`. */
  readonly ownTable?: true;
  /** Of the command: words of an example, for a chart of other runs than a whole study. */
  readonly example?: string;
  /** Of analyses: which it is drawn from, all that a method found or one measure; null for none. */
  readonly finding?: (settings: Settings) => string | null;
  /** Of analyses: whether it is drawn from those of each checkpoint that is there, and not of the end of the training. */
  readonly isOverTraining?: true;
  /** Of what it draws a measure: the first of these that the measure has numbers of. */
  readonly scopes?: readonly ResultScope[];
  /** Whether the page Layers shows it; `rows` or `maps`, one a cell, are of the best of many cells. */
  readonly ofLayers?: 'all cells' | 'rows' | 'maps';
  /** Whether it has a series for each cell: of many cells that page shows it of the best. */
  readonly hasSeriesOfCells?: (settings: Settings) => boolean;
  /** What a new chart on the page has beyond the defaults. */
  readonly begin?: (varying: readonly string[]) => Partial<Settings>;
  /** What else changes on the page with what a person changed. */
  readonly amend?: (before: Settings, after: Settings, context: ChangeContext) => Settings;
}

type SchemaOf<Name extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { kind: z.ZodLiteral<Name> } & Fields,
  z.core.$strict
>;

interface Definition<Name extends string, Fields extends z.ZodRawShape> extends Described<
  z.output<SchemaOf<Name, Fields>>
> {
  /** What a specification calls it; with dashes the word of the command. */
  readonly name: Name;
  /** Each described by `chartField`. */
  readonly fields: Fields;
  /** What gathers and draws it; loaded when it is wanted. */
  readonly load: () => Promise<{
    readonly gather: (
      settings: z.output<SchemaOf<Name, Fields>>,
      source: ChartSource,
    ) => ChartNumbers | Promise<ChartNumbers>;
  }>;
}

/** A kind of chart for those who do not know which one it is: settings are checked where they come in. */
export interface ChartKind extends Omit<
  Described<ChartSettings>,
  'finding' | 'hasSeriesOfCells' | 'begin' | 'amend'
> {
  readonly name: string;
  readonly fields: readonly NamedField[];
  readonly finding: (settings: ChartSettings) => string | null;
  readonly hasSeriesOfCells: (settings: ChartSettings) => boolean;
  readonly begin: (varying: readonly string[]) => ChartSettings;
  readonly amend: (before: ChartSettings, after: ChartSettings, context: ChangeContext) => ChartSettings;
  readonly gather: (settings: ChartSettings, source: ChartSource) => Promise<ChartNumbers>;
}

/**
 * A kind of chart. It is a folder of `kinds/`, called as it is, and one line in `kinds/all.ts`: `index.ts` says what it is
 * and which settings it has, `chart.ts` gathers and draws it.
 */
export function defineChart<const Name extends string, Fields extends z.ZodRawShape>(
  definition: Definition<Name, Fields>,
): ChartKind & { readonly schema: SchemaOf<Name, Fields> } {
  const { name, fields, load, finding, hasSeriesOfCells, begin, amend, ...described } = definition;
  const schema: SchemaOf<Name, Fields> = z.strictObject({ kind: z.literal(name), ...fields });
  return {
    ...{ ...described, name, schema },
    fields: Object.entries(fields).map(([each, of]) => namedField(each, of)),
    finding: (settings) => finding?.(schema.parse(settings)) ?? null,
    hasSeriesOfCells: (settings) => hasSeriesOfCells?.(schema.parse(settings)) ?? false,
    begin: (varying) => begin?.(varying) ?? {},
    amend: (before, after, context) =>
      amend?.(schema.parse(before), schema.parse(after), context) ?? schema.parse(after),
    gather: async (settings, source) => (await load()).gather(schema.parse(settings), source),
  };
}

function namedField(name: string, schema: unknown): NamedField {
  const about = schema instanceof z.ZodType ? FIELDS.get(schema) : undefined;
  if (!(schema instanceof z.ZodType) || !about) throw new Error(`the field ${name} is not described`);
  const inner = innermost(schema);
  return {
    ...about,
    ...{ name, type: typeOf(inner), default: schema.safeParse(undefined).data },
    members: inner instanceof z.ZodEnum ? inner.options.map(String) : [],
    limits: inner instanceof z.ZodNumber ? [inner.minValue ?? -Infinity, inner.maxValue ?? Infinity] : [0, 0],
  };
}

/** Without what says that a value may be missing or null. */
function innermost(schema: unknown): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? innermost(schema.unwrap())
    : schema;
}

function typeOf(schema: unknown): NamedField['type'] {
  if (schema instanceof z.ZodBoolean) return 'switch';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodArray) return 'list';
  return schema instanceof z.ZodEnum ? 'set' : 'text';
}
