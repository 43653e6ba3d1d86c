import { orList } from '../../../src-shared/lists.ts';
import { named } from '../../../src-shared/mistakes/named.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { ReportFormat } from './format.ts';
import * as all from './all.ts';

/** All formats as they are shown. */
export const REPORT_FORMATS: readonly ReportFormat[] = Object.values<ReportFormat>(all);

/** The endings of files that say a format, e.g. `.html`. */
const REPORT_ENDINGS: readonly string[] = REPORT_FORMATS.map(({ ending }) => `.${ending}`);

/** @throws Problem `usage` with the names that there are */
export function reportFormatNamed(name: string): ReportFormat {
  return named(REPORT_FORMATS, name, { what: 'format of reports', code: 'usage' });
}

/** @param ending with or without its dot. @throws Problem `usage` */
export function reportFormat(ending: string): ReportFormat {
  const wanted = ending.replace(/^\./, '').toLowerCase();
  const found = REPORT_FORMATS.find((format) => format.ending === wanted);
  if (found) return found;
  throw new Problem(
    'usage',
    `A report is a file ${orList(REPORT_ENDINGS)}; there is no report ${wanted === '' ? 'without such an ending' : `.${wanted}`}.`,
  );
}
