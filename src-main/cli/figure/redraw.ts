import { chartKind } from '../../../src-shared/charts/kinds/registry.ts';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import { openToRead } from '../open-to-read.ts';
import { figureFormat } from './figure-format.ts';
import { figureSetting } from './figure-setting.ts';
import { readSpecification } from './read-specification.ts';
import { writeFigure } from './write-figure.ts';

interface WantedFile {
  readonly output: string;
  readonly format?: string;
}

/** Draws a figure anew from the file of one. @throws Problem */
export function redrawFigure(storeFile: string, file: string, wanted: WantedFile): Promise<void> {
  return drawSpecified(storeFile, readSpecification(file), wanted);
}

/** Draws a figure from the runs of a store. @throws Problem */
export async function drawSpecified(
  storeFile: string,
  specification: FigureSpecification,
  { output, format: said }: WantedFile,
): Promise<void> {
  const format = figureFormat(output, said, chartKind(specification.chart));
  const store = openToRead(storeFile);
  try {
    await writeFigure(figureSetting(store), specification, { output, format });
  } finally {
    store.close();
  }
}
