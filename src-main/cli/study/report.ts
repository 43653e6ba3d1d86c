import { dirname, extname, join, parse, resolve } from 'node:path';
import type { ReportChoice } from '../../../src-shared/figures/report-choice.ts';
import { dataFolder } from '../../home.ts';
import { reportFormat } from '../../reports/formats/registry.ts';
import { makeReport } from '../../reports/make-report.ts';
import { reportSetting } from '../../reports/report-setting.ts';
import { writeFile } from '../export/write-file.ts';
import { above } from '../number-option.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine } from '../output.ts';
import { stepDisplay } from '../step-progress.ts';

export interface ReportOptions {
  readonly output: string;
  readonly figure?: readonly string[];
  readonly margin?: string;
  readonly json?: boolean;
}

/**
 * Writes the report of a study; prints the paths of its files.
 * @throws Problem `not-found`, `usage` for an ending that no format has, and those of the store and disk
 */
export async function writeReport(
  storeFile: string,
  name: string,
  { output, json, figure, margin }: ReportOptions,
): Promise<void> {
  const file = resolve(output);
  const format = reportFormat(extname(file));
  const choice: ReportChoice = {
    figures: figure?.map((word) => word.replaceAll('-', ' ')) ?? null,
    margin: margin === undefined ? null : above('--margin', margin),
  };
  const store = openToRead(storeFile);
  const display = stepDisplay(process.stderr);
  try {
    const report = await makeReport(reportSetting(store, dataFolder()), name, {
      onProgress: (note, share) => display.show({ title: 'writing the report', done: share, total: 1, note }),
      ...{ holdsStudy: format.holdsStudy, choice },
    });
    const { file: page, beside, warning } = await format.write(report, parse(file).name);
    display.end();
    const paths = [page, ...beside].map(({ fileName, bytes }) => {
      const path = join(dirname(file), fileName);
      writeFile(path, bytes);
      return path;
    });
    if (json) printJson({ study: name, format: format.name, files: paths, warning });
    else for (const path of paths) printLine(path);
    if (warning !== null) console.error(`kindling: ${warning}`);
  } finally {
    display.end();
    store.close();
  }
}
