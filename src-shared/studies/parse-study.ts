import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { Problem } from '../contract/problem.ts';
import { checkFactors } from './check-factors.ts';
import { expandStudy } from './expand-study.ts';
import { explainIssues, type IssuePath, type StudyIssue } from './explain-issues.ts';
import { studySchema, type StudyFile } from './study-schema.ts';
import type { Design, StudyDefinition } from './study-definition.ts';

/**
 * Reads a study file (YAML, by the pure JavaScript package `yaml`; docs/study-files.md describes the keys).
 * Every cell's network and recipe have been checked when it returns; what needs the data set is checked by
 * `costCells`.
 *
 * @param fileName for the messages.
 * @throws Problem `study-invalid` with one line for each mistake: its line in the file, its path, the value
 *   and what would be right.
 */
export function parseStudy(text: string, fileName: string): StudyDefinition {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fail = (issues: readonly StudyIssue[]): never => {
    const places = issues.map(({ path, message }) => `  ${lineOf(document, lines, path)}${message}`);
    throw new Problem('study-invalid', `${fileName} is no valid study:\n${places.join('\n')}`);
  };
  if (document.errors.length > 0)
    fail(document.errors.map(({ message }) => ({ path: [], message: firstLine(message) })));
  const input: unknown = document.toJS();
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    fail([{ path: [], message: 'it must hold keys such as study, dataset and network.' }]);
  }
  const parsed = studySchema.safeParse(input);
  if (!parsed.success) return fail(explainIssues(parsed.error.issues, input, studySchema));
  const file = parsed.data;
  const issues = [...checkDesign(file), ...checkFactors(file)];
  if (issues.length > 0) fail(issues);
  const definition = toDefinition(file);
  try {
    expandStudy(definition);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    fail([{ path: [file.cells ? 'cells' : 'vary'], message: error.message }]);
  }
  return definition;
}

function toDefinition(file: StudyFile): StudyDefinition {
  const { study, dataset, data, network, training, seeds } = file;
  return { name: study, dataset, data, network, training, design: designOf(file), seeds: seedList(seeds) };
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

/** `line 6: `, the place of the longest part of the path that the file has. */
function lineOf(document: Document, lines: LineCounter, path: IssuePath): string {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return `line ${lines.linePos(node.range[0]).line}: `;
  }
  return '';
}

/** The package's message without the excerpt of the file that follows it. */
function firstLine(message: string): string {
  return `${(message.split('\n')[0] ?? message).replace(/:$/, '')}.`;
}
