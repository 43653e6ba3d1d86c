import type { ColumnHint } from '../../src-shared/imports/foreign-runs.ts';
import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import { runMetrics } from '../../src-shared/metrics/metrics.ts';
import { foreignFactorName } from '../../src-shared/studies/factor-path.ts';
import { settingWords } from '../../src-shared/studies/setting-words.ts';

function isRunMetric(column: string): boolean {
  return isImportedMetric(column) || runMetrics.some((metric) => metric === column);
}

/** What programs call the columns of the tables that they export. */
const TABLES: readonly {
  readonly program: string;
  /** Columns that only its tables have. */
  readonly marks: readonly string[];
  readonly hintOf: (column: string) => ColumnHint | null;
}[] = [
  {
    program: 'Kindling',
    marks: ['id', 'study', 'cell', 'seed', 'state'],
    hintOf: (column) =>
      settingWords(column) !== null || foreignFactorName(column) !== null
        ? 'setting'
        : isRunMetric(column)
          ? 'result'
          : 'about',
  },
  {
    program: 'Aim',
    marks: ['hash', 'experiment', 'creation_time'],
    hintOf: (column) => (column.startsWith('hparams.') ? 'setting' : 'about'),
  },
  {
    program: 'MLflow',
    marks: ['run_id', 'experiment_id', 'artifact_uri'],
    hintOf: (column) =>
      column.startsWith('params.') ? 'setting' : column.startsWith('metrics.') ? 'result' : 'about',
  },
  {
    program: 'W&B',
    marks: ['Name', 'State', 'Runtime'],
    hintOf: (column) =>
      /^(?:Name|State|Notes|User|Tags|Created|Runtime|Sweep|ID|Group|Job Type|Updated|End Time|Start Time|Duration|Hostname|Description|GPU .*|Commit|Github|_.*)$/.test(
        column,
      )
        ? 'about'
        : null,
  },
];

/** Which program wrote a table, and what it says of its columns. @param format what a table of no known program is called */
export function tableHints(
  names: readonly string[],
  format: string,
): { readonly format: string; readonly hints: ReadonlyMap<string, ColumnHint> } {
  const known = TABLES.find(({ marks }) => marks.every((mark) => names.includes(mark)));
  if (!known) return { format, hints: new Map() };
  const hints = names.flatMap((column) => {
    const hint = known.hintOf(column);
    return hint === null ? [] : [[column, hint] as const];
  });
  return { format: `${known.program}, ${format}`, hints: new Map(hints) };
}
