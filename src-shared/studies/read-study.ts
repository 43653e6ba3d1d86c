import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { Problem } from '../contract/problem.ts';
import type { Cell } from './cell.ts';
import { checkFactors } from './check-factors.ts';
import { expandStudy, showFactors } from './expand-study.ts';
import { explainIssues, showPath, type IssuePath, type StudyIssue } from './explain-issues.ts';
import type { Design, StudyDefinition } from './study-definition.ts';
import { concernsCell } from './wanted-runs.ts';
import { studySchema, type StudyFile } from './study-schema.ts';

/** A mistake in a study file: `line` counts from 1 and is null where the file has no such place. */
export interface StudyMistake extends StudyIssue {
  readonly line: number | null;
}

export type StudyReading =
  | { readonly ok: true; readonly definition: StudyDefinition; readonly cells: readonly Cell[] }
  | { readonly ok: false; readonly mistakes: readonly StudyMistake[] };

/**
 * Reads a study file (YAML, by the pure JavaScript package `yaml`; docs/study-files.md describes the keys), or says
 * all that is wrong with it and where. Every cell's network and recipe have been checked in what is `ok`; what needs the
 * data set is checked by `costCells`.
 */
export function readStudy(text: string): StudyReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fail = (issues: readonly StudyIssue[]): StudyReading => ({
    ok: false,
    mistakes: issues.map((issue) => ({ ...issue, line: lineOf(document, lines, issue.path) })),
  });
  if (document.errors.length > 0)
    return fail(document.errors.map(({ message }) => ({ path: [], message: firstLine(message) })));
  const input: unknown = document.toJS();
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail([{ path: [], message: 'it must hold keys such as study, dataset and network.' }]);
  }
  const parsed = studySchema.safeParse(input);
  if (!parsed.success) return fail(explainIssues(parsed.error.issues, input, studySchema));
  const file = parsed.data;
  const issues = [...checkDesign(file), ...checkFactors(file)];
  if (issues.length > 0) return fail(issues);
  const definition = toDefinition(file);
  try {
    const cells = expandStudy(definition);
    const strays = checkExtraSeeds(definition, cells);
    return strays.length > 0 ? fail(strays) : { ok: true, definition, cells };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return fail([{ path: [file.cells ? 'cells' : 'vary'], message: error.message }]);
  }
}

function toDefinition(file: StudyFile): StudyDefinition {
  const { study, dataset, data, network, training, seeds, extraSeeds } = file;
  const extra = extraSeeds.length > 0 ? { extraSeeds } : {};
  const design = designOf(file);
  return { name: study, dataset, data, network, training, design, seeds: seedList(seeds), ...extra };
}

function designOf({ vary, sample, cells }: StudyFile): Design {
  if (cells) return { kind: 'list', cells };
  return { kind: 'grid', vary: vary ?? {}, sample: sample ?? null };
}

function seedList(seeds: number | readonly number[]): readonly number[] {
  return typeof seeds === 'number' ? Array.from({ length: seeds }, (_, seed) => seed) : seeds;
}

function checkDesign({ vary, sample, cells }: StudyFile): StudyIssue[] {
  if (cells && vary) {
    return [
      {
        path: ['cells'],
        message: 'cells: lists all cells, so it cannot stand beside vary; keep one of the two.',
      },
    ];
  }
  if (sample && !vary)
    return [{ path: ['sample'], message: 'sample: draws from the grid of vary, which is missing.' }];
  return [];
}

/** Every entry must mean a cell: one that means none is a slip. */
function checkExtraSeeds(definition: StudyDefinition, cells: readonly Cell[]): StudyIssue[] {
  const expected =
    definition.design.kind === 'list'
      ? 'give all factors of one entry of cells'
      : 'give factors of vary with values that stand there';
  return (definition.extraSeeds ?? []).flatMap((extra, index) => {
    if (cells.some(({ factors }) => concernsCell(definition, extra, factors))) return [];
    const path = ['extraSeeds', index, 'cells'];
    const message = `${showPath(path)}: no cell has ${showFactors(extra.cells)}; ${expected}.`;
    return [{ path, message }];
  });
}

/** Of the longest part of the path that the file has. */
function lineOf(document: Document, lines: LineCounter, path: IssuePath): number | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

/** The package's message without the excerpt of the file that follows it. */
function firstLine(message: string): string {
  return `${(message.split('\n')[0] ?? message).replace(/:$/, '')}.`;
}
