import { counted } from '../counted.ts';
import { whole } from '../numbers.ts';
import type { DataSettings, FactorValue } from '../studies/cell.ts';
import { foreignFactorName } from '../studies/factor-path.ts';
import { factorNames, factorText } from '../studies/factor-text.ts';
import type { Provenance } from '../studies/run-record.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** Two runs, or two cells over their runs, side by side in one thing that was set or recorded. */
export interface RunDifference {
  readonly part: 'Network' | 'Training' | 'Imported settings' | 'Data' | 'Environment' | 'Source';
  readonly name: string;
  /** As a study file has it; empty where it stands in none. */
  readonly path: string;
  readonly values: readonly [SideValue, SideValue];
  /** Whether both have the same, or vary among the same. */
  readonly isSame: boolean;
}

export interface SideValue {
  /** Null where there is none or it is not known. */
  readonly text: string | null;
  /** Whether it is not the same in all runs; the text has each. */
  readonly varies: boolean;
}

export interface ComparedRun {
  readonly row: RunRow;
  readonly cell: CellRow;
  /** Null before it began. */
  readonly provenance: Provenance | null;
  /** How its study divides the data; null where that is not known. */
  readonly data: DataSettings | null;
}

type Fact = Omit<RunDifference, 'values' | 'isSame'> & {
  readonly value: string;
  /** Before it was rounded to be read. */
  readonly exact: unknown;
};

/** All that was set and recorded of two runs, or of all runs of two cells, in the order of the first. */
export function runDifferences(
  one: readonly ComparedRun[],
  other: readonly ComparedRun[],
): readonly RunDifference[] {
  const [first, second] = [one.map(factsOf), other.map(factsOf)];
  const all = new Map([...first, ...second].flatMap((facts) => [...facts]));
  return [...all].map(([key, { part, name, path }]) => {
    const sides = [first, second].map((runs) => countedValues(runs.map((facts) => facts.get(key))));
    const [own, others] = sides.map((values) => [...values.keys()].sort().join('\n'));
    const [text, otherText] = sides.map(sideValue);
    return { part, name, path, values: [text ?? NOTHING, otherText ?? NOTHING], isSame: own === others };
  });
}

const NOTHING: SideValue = { text: null, varies: false };

interface CountedValue {
  readonly text: string | null;
  readonly runs: number;
}

/** By what they are before they are rounded, in the order of the runs. */
function countedValues(facts: readonly (Fact | undefined)[]): ReadonlyMap<string, CountedValue> {
  const groups = Map.groupBy(facts, (fact) => JSON.stringify(fact?.exact) ?? '');
  return new Map([...groups].map(([key, own]) => [key, { text: own[0]?.value ?? null, runs: own.length }]));
}

/** Of more values only their number is told. */
const MOST_VALUES = 8;

function sideValue(values: ReadonlyMap<string, CountedValue>): SideValue {
  const each = [...values.values()];
  const [first] = each;
  if (each.length <= 1) return { text: first?.text ?? null, varies: false };
  if (each.length > MOST_VALUES) return { text: `${each.length} different values`, varies: true };
  const total = each.reduce((sum, { runs }) => sum + runs, 0);
  const areSingle = each.every(({ runs }) => runs === 1);
  const texts = each.map(({ text, runs }) => {
    const said = text ?? 'none or unknown';
    return areSingle ? said : `${said} (${runs} of ${total})`;
  });
  return { text: texts.join(', '), varies: true };
}

function factsOf({ row, cell, provenance, data }: ComparedRun): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  const add = (
    part: RunDifference['part'],
    name: string,
    value: string | null,
    path = '',
    exact: unknown = value,
  ): void => {
    if (value !== null) facts.set(`${part} ${path || name}`, { part, name, path, value, exact });
  };
  for (const [part, fields] of [
    ['network', cell.network],
    ['training', cell.recipe],
  ] as const) {
    for (const [field, value] of Object.entries(fields ?? {})) {
      const path = `${part}.${field}`;
      const title = part === 'network' ? 'Network' : 'Training';
      add(title, factorNames(path).title, factorText(value as FactorValue), path, value);
    }
  }
  for (const [path, value] of Object.entries(row.factors)) {
    const name = foreignFactorName(path);
    if (name !== null) add('Imported settings', name, factorText(value), '', value);
  }
  add('Data', 'data set', row.dataset || null);
  add('Data', 'SHA-256 of the data', provenance?.dataHash ?? null);
  if (data) {
    add(
      'Data',
      'validation share',
      factorText(data.validationShare),
      'data.validationShare',
      data.validationShare,
    );
    const { trainingLimit } = data;
    add(
      'Data',
      'training images',
      trainingLimit === 0 ? 'all that remain' : whole(trainingLimit),
      'data.trainingLimit',
    );
  }
  add('Data', 'seed', String(row.seed));
  if (provenance) {
    const { engine } = provenance;
    add('Environment', 'engine', `${engine.name} ${engine.version}`);
    add('Environment', 'device', engine.device);
    add('Environment', 'card', engine.card ?? null);
    add('Environment', 'threads', String(engine.threads));
    add(
      'Environment',
      'fused',
      provenance.fusedWith ? `with ${counted(provenance.fusedWith.length, 'run')}` : 'no',
    );
    add('Environment', 'step', row.mode);
    add('Environment', 'images', row.images ?? null);
    add('Environment', 'host', provenance.host);
    add('Environment', 'platform', provenance.platform);
    add('Environment', 'Kindling', provenance.kindlingVersion);
    add('Environment', 'Node', provenance.nodeVersion);
    add('Environment', 'tfjs', provenance.tfjsVersion);
    add('Source', 'folder', provenance.folder);
    add('Source', 'Git revision', provenance.gitRevision ?? 'no repository');
    add(
      'Source',
      'uncommitted changes',
      provenance.gitDirty === null ? null : provenance.gitDirty ? 'yes' : 'no',
    );
  }
  add('Source', 'imported from', row.importedFrom);
  return facts;
}
