import { join, resolve } from 'node:path';
import type { MethodDescription } from '../../../src-shared/analysis/analysis-result.ts';
import type { FigureFormat } from '../../../src-shared/contract/api/figures.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { readDescription } from '../../datasets/open-dataset.ts';
import { renderFigure } from '../../figures/render-figure.ts';
import { dataFolder } from '../../home.ts';
import type { Store } from '../../store/store.ts';
import { writeFile } from '../export/write-file.ts';
import { printLine } from '../output.ts';

/** Draws a figure into a file and prints its path. @throws Problem */
export async function writeFigure(
  store: Store,
  index: RunIndex,
  specification: FigureSpecification,
  { output, format }: { readonly output: string; readonly format: FigureFormat },
): Promise<void> {
  const { file } = await renderFigure({ store, index, classesOf, methods }, specification, format);
  const path = resolve(output);
  writeFile(path, file.bytes);
  printLine(path);
}

async function methods(): Promise<readonly MethodDescription[]> {
  return (await import('../../analysis/methods/index.ts')).METHODS;
}

/** None where the data set is not there (any more). */
function classesOf(dataset: string): readonly string[] {
  try {
    return readDescription(join(dataFolder(), dataset)).classes;
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
