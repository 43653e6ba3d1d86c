import type Database from 'better-sqlite3';

/**
 * Has a connection keep the statements that it has prepared: preparing one takes longer than most of them take to run, and all that
 * asks the store prepares its own each time. There are some hundred different ones.
 */
export function keepStatements(database: Database.Database): Database.Database {
  const kept = new Map<string, Database.Statement>();
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => {
    const known = kept.get(sql);
    // one that is read line by line is at its place, which a second reader would move
    if (known?.busy === false) return known.reader ? known.pluck(false) : known;
    const statement = prepare(sql);
    kept.set(sql, statement);
    return statement;
  }) as typeof database.prepare;
  return database;
}
