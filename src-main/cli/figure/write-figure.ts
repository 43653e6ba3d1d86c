import { join, parse, resolve } from 'node:path';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import type { FigureFormat } from '../../figures/formats/format.ts';
import { type FigureSetting, renderFigure } from '../../figures/render-figure.ts';
import { writeFile } from '../export/write-file.ts';
import { printLine } from '../output.ts';

/**
 * Draws a figure into a file, with the pictures that it shows beside it, and prints the paths; on the error output what it
 * leaves out. @throws Problem
 */
export async function writeFigure(
  setting: FigureSetting,
  specification: FigureSpecification,
  { output, format }: { readonly output: string; readonly format: FigureFormat },
): Promise<void> {
  const path = resolve(output);
  const { dir, name } = parse(path);
  const { file, pictures, notes, warning, isInParts } = await renderFigure(
    setting,
    specification,
    format,
    name,
  );
  const first = isInParts ? join(dir, file.fileName) : path;
  writeFile(first, file.bytes);
  printLine(first);
  for (const { fileName, bytes } of pictures) {
    const beside = join(dir, fileName);
    writeFile(beside, bytes);
    printLine(beside);
  }
  // a figure may be drawn without its notes: then its caption should say them
  for (const note of notes) console.error(`  ${note}`);
  if (warning !== null) console.error(`  warning: ${warning}`);
}
