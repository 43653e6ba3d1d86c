import type { Migration } from '../migrate.ts';

/** The square that is cut out of the pictures of an imported network, its input, can be set. */
export const setCrops: Migration = {
  version: 9,
  sql: `
  DROP TRIGGER network_content_never_changes;
  CREATE TRIGGER network_content_never_changes
    BEFORE UPDATE OF name, source_json, network_json, classes_json, wordnet_json, created_at ON networks
  BEGIN SELECT RAISE(ABORT, 'a network never changes'); END;
  `,
};
