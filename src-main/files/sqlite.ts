import Database from 'better-sqlite3';

/**
 * SQLite. Files may also be given as addresses (`file:///…?immutable=1`), which better-sqlite3 allows only where its library
 * finds this in the environment when it is loaded: at the first database that is opened.
 */
process.env['SQLITE_USE_URI'] = '1';

export default Database;
