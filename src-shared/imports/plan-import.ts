import { canonicalHash } from '../canonical-hash.ts';
import { importedMetricParts } from '../metrics/imported-metric.ts';
import type { Factors, StoredCell } from '../studies/cell.ts';
import type { ImportedStudy } from '../studies/imported-study.ts';
import { BYSTANDER, type ColumnRoles, columnRoles } from './column-roles.ts';
import { columnNames, type ForeignRuns } from './foreign-runs.ts';
import type { ImportSettings } from './import-settings.ts';
import { type ImportMistake, readColumn, type ReadColumn } from './read-column.ts';
import { type CurveRole, curveRoles, pointsOf, type RunPoints, stepsPerEpoch } from './read-curves.ts';
import { type MadeRun, readRuns } from './read-runs.ts';

/** What a column is imported as, for people. */
export interface PlannedColumn {
  readonly name: string;
  readonly role: 'factor' | 'seed' | 'metric' | 'state' | 'name' | 'time' | 'cost' | 'left out';
  /** Path of a factor, name of a metric; else empty. */
  readonly as: string;
  readonly kind: string;
  readonly levels: number;
  readonly examples: readonly string[];
  /** What is to be said of it: a unit, or why it is left out. */
  readonly note: string;
}

/** What a run becomes. */
export interface PlannedRun extends MadeRun {
  readonly cell: string;
  readonly points: RunPoints;
  readonly stepsPerEpoch: number | null;
}

export interface ImportPlan {
  readonly columns: readonly PlannedColumn[];
  readonly curves: readonly CurveRole[];
  /** Nothing is imported while there is one. */
  readonly mistakes: readonly ImportMistake[];
  readonly definition: ImportedStudy;
  readonly cells: readonly StoredCell[];
  /** How many runs the source has. */
  readonly found: number;
  /** Empty while there is a mistake. */
  readonly runs: readonly PlannedRun[];
}

/**
 * What becomes of runs that another program trained: what each column is taken for, the cells and runs of their study, and
 * all that is wrong with them. Nothing is guessed from a value that the source does not have.
 *
 * @param name of the study
 * @param isPart whether the study has further runs, so that a factor may have one value in these
 */
export function planImport(
  source: ForeignRuns,
  settings: ImportSettings,
  name: string,
  isPart = false,
): ImportPlan {
  const { runs, format, files, sha256 } = source;
  const columns = columnNames(runs).map((column) => readColumn(runs, column, settings.text.includes(column)));
  const roles = columnRoles(source, columns, settings);
  const curves = curveRoles(runs, settings);
  const read = readRuns(source, columns, roles, settings, isPart);
  const unknownTags = Object.keys(settings.curves ?? {}).filter((tag) =>
    curves.every((curve) => curve.tag !== tag),
  );
  const mistakes = [
    ...roles.mistakes,
    ...unknownTags.map((tag) => ({ place: null, column: tag, message: 'no curve has this name.' })),
    ...read.mistakes,
  ];
  const byTag = new Map(curves.map((curve) => [curve.tag, curve]));
  const cellKeys = cellsOf(source, columns, roles, read.factors);
  const leftOutCurves = curves.filter(({ metric }) => metric === null).map(({ tag }) => tag);
  const notes = [...source.notes, ...read.notes, ...metricNotes(roles)];
  const factorsByPath = Object.fromEntries([...roles.factors].map(([column, path]) => [path, column]));
  return {
    found: runs.length,
    columns: columns.map((column) => plannedColumn(column, roles, read.percents)),
    curves,
    mistakes,
    definition: {
      name,
      factors: Object.keys(factorsByPath),
      imported: {
        ...{ format, files, hash: canonicalHash({ sha256, ...settings, study: null }) },
        ...{ factors: factorsByPath, seed: roles.seed, metrics: Object.fromEntries(roles.metrics) },
        leftOut: [...new Set([...roles.leftOut.keys(), ...leftOutCurves])],
        notes,
      },
    },
    cells: [...new Map(cellKeys.map((cell) => [cell.id, cell])).values()],
    runs:
      mistakes.length > 0
        ? []
        : runs.map((run, place): PlannedRun => {
            const points = pointsOf(run, byTag);
            const made = read.runs[place];
            if (!made) throw new Error('a run was not read');
            return { cell: cellKeys[place]?.id ?? '', ...made, points, stepsPerEpoch: stepsPerEpoch(points) };
          }),
  };
}

/** The columns that may be factors where nobody says which are. */
export function possibleFactors(source: ForeignRuns, settings: ImportSettings): string[] {
  const { runs } = source;
  const columns = columnNames(runs).map((column) => readColumn(runs, column, settings.text.includes(column)));
  const { factors, leftOut } = columnRoles(source, columns, { ...settings, factors: null });
  return [...factors.keys(), ...[...leftOut].flatMap(([name, why]) => (why === BYSTANDER ? [name] : []))];
}

function metricNotes({ metrics }: ColumnRoles): string[] {
  return [...metrics.keys()].flatMap((metric) => {
    const { better, name } = importedMetricParts(metric) ?? {};
    return better === undefined
      ? []
      : [`${name} is no metric of Kindling’s: ${better} values count as better, and its unit is unknown.`];
  });
}

/** The cell of each run. Those of a network that is known keep their id. */
function cellsOf(
  { runs, sha256 }: ForeignRuns,
  columns: readonly ReadColumn[],
  roles: ColumnRoles,
  factors: readonly Factors[],
): StoredCell[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const known = new Map<string, StoredCell>();
  return runs.map(({ cell }, row) => {
    const own = factors[row] ?? {};
    const key = JSON.stringify(own);
    const before = known.get(key);
    if (before) return before;
    const cost = (column: string | null): number | null => {
      const read = byName.get(column ?? '')?.values[row];
      return read?.kind === 'number' && Number.isSafeInteger(read.value) && read.value >= 0
        ? read.value
        : null;
    };
    const made: StoredCell = cell
      ? { ...cell, factors: own }
      : {
          ...{ id: canonicalHash({ imported: sha256, factors: own }), factors: own },
          ...{ network: null, recipe: null },
          ...{ parameters: cost(roles.parameters), macs: cost(roles.macs) },
        };
    known.set(key, made);
    return made;
  });
}

function plannedColumn(
  { name, kind, levels, examples }: ReadColumn,
  roles: ColumnRoles,
  percents: ReadonlySet<string>,
): PlannedColumn {
  const known = { name, kind: kind ?? 'mixed', levels, examples };
  const path = roles.factors.get(name);
  if (path !== undefined) return { ...known, role: 'factor', as: path, note: '' };
  const [metric] = [...roles.metrics].find(([, column]) => column === name) ?? [];
  if (metric !== undefined)
    return { ...known, role: 'metric', as: metric, note: percents.has(name) ? 'in percent' : '' };
  const role = (
    [
      [roles.seed, 'seed'],
      [roles.state, 'state'],
      [roles.name, 'name'],
      [roles.seconds, 'time'],
      [roles.parameters, 'cost'],
      [roles.macs, 'cost'],
    ] as const
  ).find(([column]) => column === name)?.[1];
  return role === undefined
    ? { ...known, role: 'left out', as: '', note: roles.leftOut.get(name) ?? '' }
    : { ...known, role, as: '', note: '' };
}
