import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ExportKind } from './export-kind.ts';
import * as all from './kinds/all.ts';

/** All kinds of exports. */
export const EXPORTS: readonly ExportKind[] = Object.values<ExportKind>(all);

/** @throws Problem `usage` with the names that there are */
export function exportNamed(name: string): ExportKind {
  const found = EXPORTS.find((kind) => kind.name === name);
  if (found !== undefined) return found;
  const names = EXPORTS.map((kind) => kind.name).join(', ');
  throw new Problem('usage', `There is no export ${JSON.stringify(name)}; there are ${names}.`);
}
