import type { Migration } from '../migrate.ts';

/**
 * What is made of the pictures of an imported network, and its name, can be set; what it is never changes. Its checkpoint
 * is written anew with the normalization.
 */
export const setNetworks: Migration = {
  version: 8,
  sql: `
  -- when its preprocessing was set; null as long as it is that of the import
  ALTER TABLE networks ADD COLUMN set_at INTEGER;

  DROP TRIGGER network_never_changes;
  CREATE TRIGGER network_content_never_changes
    BEFORE UPDATE OF name, source_json, network_json, input_json, classes_json, wordnet_json, created_at ON networks
  BEGIN SELECT RAISE(ABORT, 'a network never changes'); END;
  `,
};
