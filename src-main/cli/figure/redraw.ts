import { readFileSync } from 'node:fs';
import { chartKind } from '../../../src-shared/charts/kinds/registry.ts';
import { mistakesProblem } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import {
  type FigureSpecification,
  figureSpecificationSchema,
} from '../../../src-shared/figures/figure-specification.ts';
import { checkInput } from '../../../src-shared/mistakes/check-input.ts';
import { metadataOf } from '../../figures/provenance.ts';
import { openToRead } from '../open-to-read.ts';
import { figureFormat } from './figure-format.ts';
import { figureSetting } from './figure-setting.ts';
import { writeFigure } from './write-figure.ts';
import { whyUnread } from '../../files/read-at-most.ts';

/** Draws a figure anew from the file of one. @throws Problem */
export async function redrawFigure(
  storeFile: string,
  file: string,
  options: { readonly output: string; readonly format?: string },
): Promise<void> {
  const specification = readSpecification(file);
  const format = figureFormat(options.output, options.format, chartKind(specification.chart));
  const store = openToRead(storeFile);
  try {
    await writeFigure(figureSetting(store), specification, { output: options.output, format });
  } finally {
    store.close();
  }
}

/** From an SVG or JSON file that Kindling wrote, or a specification by itself. @throws Problem `not-found`, `usage` */
function readSpecification(file: string): FigureSpecification {
  const said = parse(file, read(file));
  const inner =
    typeof said === 'object' && said !== null && 'specification' in said ? said.specification : said;
  const result = checkInput(figureSpecificationSchema, inner);
  if (result.ok) return result.value;
  throw mistakesProblem('usage', result.mistakes, `${file} is not a figure specification:`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Problem('not-found', `${file} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(metadataOf(text) ?? text);
  } catch (error) {
    throw new Problem('usage', `${file} is neither a Kindling SVG nor JSON.`, { cause: error });
  }
}
