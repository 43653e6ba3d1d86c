import { named } from '../../src-shared/mistakes/named.ts';
import type { ExportKind } from './export-kind.ts';
import * as all from './kinds/all.ts';

/** All kinds of exports. */
export const EXPORTS: readonly ExportKind[] = Object.values<ExportKind>(all);

/** @throws Problem `usage` with the names that there are */
export function exportNamed(name: string): ExportKind {
  return named(EXPORTS, name, { what: 'export', code: 'usage' });
}
