import { whole } from '../numbers.ts';
import type { DataSettings, FactorValue } from '../studies/cell.ts';
import { foreignFactorName } from '../studies/factor-path.ts';
import { factorNames, factorText } from '../studies/factor-text.ts';
import type { Provenance } from '../studies/run-record.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** Two runs side by side in one thing that was set or recorded. */
export interface RunDifference {
  readonly part: 'Network' | 'Training' | 'Imported settings' | 'Data' | 'Environment' | 'Source';
  readonly name: string;
  /** As a study file has it; empty where it stands in none. */
  readonly path: string;
  /** Null where there is none or it is not known. */
  readonly values: readonly [string | null, string | null];
  readonly isSame: boolean;
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

/** All that was set and recorded of two runs, in the order of the first. */
export function runDifferences(one: ComparedRun, other: ComparedRun): readonly RunDifference[] {
  const [first, second] = [factsOf(one), factsOf(other)];
  return [...new Map([...first, ...second])].map(([key, { part, name, path }]) => {
    const values = [first.get(key)?.value ?? null, second.get(key)?.value ?? null] as const;
    const exact = [first.get(key)?.exact, second.get(key)?.exact];
    const isSame = JSON.stringify(exact[0]) === JSON.stringify(exact[1]);
    return { part, name, path, values, isSame };
  });
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
    add('Environment', 'threads', String(engine.threads));
    add('Environment', 'step', row.mode);
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
