import type { SchemaDifference } from '../../src-shared/contract/api/store-files.ts';
import { migrate, storeVersion, type Migration } from './migrate.ts';
import Database from '../files/sqlite.ts';

/** Parts of a schema by their names for people, with what makes them up. */
type Schema = ReadonlyMap<string, string>;

/**
 * Compares tables, columns, indexes, triggers and views of a store with those that the migrations up to its version make.
 * Whoever opened it with another program may have dropped what keeps finished runs from changing.
 */
export function schemaDifferences(
  database: Database.Database,
  migrations: readonly Migration[],
): SchemaDifference[] {
  const format = openFormat(migrations.slice(0, storeVersion(database)));
  try {
    const [expected, found] = [partsOf(format), partsOf(database)];
    const parts = compare(expected, found);
    const tables = [...expected.keys()].filter((what) => what.startsWith('table ') && found.has(what));
    const columns = tables.flatMap((what) => {
      const table = what.slice('table '.length);
      return compare(columnsOf(format, table), columnsOf(database, table));
    });
    // a table with other columns is changed by that
    const said = (what: string): boolean =>
      columns.some((column) => column.what.startsWith(`${what.replace('table', 'column')}.`));
    return [...parts.filter(({ kind, what }) => kind !== 'changed' || !said(what)), ...columns];
  } finally {
    format.close();
  }
}

function compare(expected: Schema, found: Schema): SchemaDifference[] {
  const without = (some: Schema, others: Schema): string[] =>
    [...some.keys()].filter((what) => !others.has(what));
  const changed = [...expected].filter(([what, text]) => found.has(what) && found.get(what) !== text);
  return [
    ...without(expected, found).map((what) => ({ kind: 'missing', what }) as const),
    ...without(found, expected).map((what) => ({ kind: 'extra', what }) as const),
    ...changed.map(([what]) => ({ kind: 'changed', what }) as const),
  ];
}

/** `missing: trigger a, index b; extra: table c` */
export function describeDifferences(differences: readonly SchemaDifference[]): string {
  return [...Map.groupBy(differences, ({ kind }) => kind)]
    .map(([kind, members]) => `${kind}: ${members.map(({ what }) => what).join(', ')}`)
    .join('; ');
}

/** An empty store of the format that these migrations make. */
function openFormat(migrations: readonly Migration[]): Database.Database {
  const database = new Database(':memory:');
  migrate(database, migrations);
  return database;
}

/** Tables, indexes, triggers and views, with the text that made them. */
function partsOf(database: Database.Database): Schema {
  const parts = database
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all();
  return new Map(parts.map(({ type, name, sql }) => [`${type} ${name}`, normalized(sql)]));
}

function columnsOf(database: Database.Database, table: string): Schema {
  const columns = database
    .prepare<[string], { name: string; type: string; notnull: number; pk: number }>(
      'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?)',
    )
    .all(table);
  return new Map(
    columns.map(({ name, type, notnull, pk }) => [`column ${table}.${name}`, `${type} ${notnull} ${pk}`]),
  );
}

/** Spaces may differ by the version of SQLite that altered a table. */
function normalized(sql: string): string {
  return sql.replaceAll(/\s+/g, '').toLowerCase();
}
