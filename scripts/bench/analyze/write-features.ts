import fs from 'node:fs';
import path from 'node:path';
import type { Subject } from '../../../src-main/analysis/subject.ts';

/** Where a layer's features lie for another program: float32, little-endian, row by row. */
interface WrittenLayer {
  readonly name: string;
  readonly averaged: string;
  readonly width: number;
  /** Null where it was not asked for, or a layer has one position only. */
  readonly grid: string | null;
}

/**
 * Writes features and labels of a run into a folder, with `features.json` that names them.
 * @param grids writes the 4x4 features too
 */
export async function writeFeatures(
  subject: Subject,
  images: number,
  grids: boolean,
  folder: string,
): Promise<void> {
  const layers: WrittenLayer[] = [];
  const averaged = await subject.features('trained', images, 'average');
  for (const [index, layer] of subject.layers.entries()) {
    const features = averaged[index];
    if (features === undefined) throw new Error(`no features of ${layer.name}`);
    const write = (kind: string, values: Float32Array): string => {
      const file = `${index}-${kind}.f32`;
      fs.writeFileSync(path.join(folder, file), values);
      return file;
    };
    const spread = grids && layer.output[0] * layer.output[1] > 1;
    const [grid] = spread ? await subject.features('trained', images, '4x4', [layer.name]) : [];
    layers.push({
      name: layer.name,
      averaged: write('averaged', features.values),
      width: features.width,
      grid: grid === undefined ? null : write('grid', grid.values),
    });
  }
  const labels = [...subject.evaluationSet(images).labels];
  const description = { rows: averaged[0]?.rows, classes: subject.classes.length, labels, layers };
  fs.writeFileSync(path.join(folder, 'features.json'), JSON.stringify(description));
}
