import type { Migration } from '../migrate.ts';
import { replaceTable } from './replace-table.ts';

/** As this version of the format found them. */
const COLUMNS = [
  ...['id', 'name', 'title', 'source_json', 'network_json', 'input_json', 'classes_json', 'wordnet_json'],
  ...['preprocessing_json', 'file', 'bytes', 'sha256', 'created_at', 'set_at'],
].join(', ');

/** Imported networks in the trash, whose names are free for others. */
export const trashedNetworks: Migration = {
  version: 17,
  sql: `
  CREATE TABLE new_networks (
    id INTEGER PRIMARY KEY,
    -- the id outside the store, as of runs
    name TEXT NOT NULL UNIQUE,
    -- what people call it
    title TEXT NOT NULL,
    source_json TEXT NOT NULL,
    network_json TEXT NOT NULL,
    input_json TEXT NOT NULL,
    classes_json TEXT NOT NULL,
    wordnet_json TEXT,
    preprocessing_json TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- when its preprocessing was set; null as long as it is that of the import
    set_at INTEGER,
    -- not null: in the trash since then
    trashed_at INTEGER
  ) STRICT;
  INSERT INTO new_networks (${COLUMNS}) SELECT ${COLUMNS} FROM networks;
  `,
  code: (database) => {
    replaceTable(database, 'networks');
    database.exec(`
      CREATE UNIQUE INDEX one_network_for_each_name ON networks (title) WHERE trashed_at IS NULL;

      CREATE TRIGGER networks_deleted_from_trash_only BEFORE DELETE ON networks WHEN OLD.trashed_at IS NULL
      BEGIN SELECT RAISE(ABORT, 'only networks in the trash can be deleted'); END;`);
  },
};
