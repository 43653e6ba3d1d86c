import { readFileSync } from 'node:fs';
import {
  type FigureSpecification,
  figureSpecificationSchema,
} from '../../../src-shared/figures/figure-specification.ts';
import { checkInput } from '../../../src-shared/mistakes/check-input.ts';
import { mistakesProblem } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { metadataOf } from '../../figures/provenance.ts';
import { whyUnread } from '../../files/read-at-most.ts';

/** What a figure is asked to be. @throws Problem `usage` with what is wrong */
export function checkedFigure(said: unknown, what: string): FigureSpecification {
  const result = checkInput(figureSpecificationSchema, said);
  if (result.ok) return result.value;
  throw mistakesProblem('usage', result.mistakes, what);
}

/** From an SVG or JSON file that Kindling wrote, or a specification by itself. @throws Problem `not-found`, `usage` */
export function readSpecification(file: string): FigureSpecification {
  const said = parse(file, read(file));
  const inner =
    typeof said === 'object' && said !== null && 'specification' in said ? said.specification : said;
  return checkedFigure(inner, `${file} is not a figure specification:`);
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
