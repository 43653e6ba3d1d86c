import type { Migration } from '../migrate.ts';

/** With which runs a run was trained in one step. */
export const fusedRuns: Migration = {
  version: 21,
  sql: `
  -- JSON array of their names, as they may be deleted; NULL for a run that was trained alone
  ALTER TABLE provenance ADD COLUMN fused_with TEXT;
  `,
};
