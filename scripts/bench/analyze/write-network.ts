import fs from 'node:fs';
import path from 'node:path';
import { PENALTIES, splitForProbe } from '../../../src-main/analysis/measures/linear-probe.ts';
import type { Subject } from '../../../src-main/analysis/subject.ts';

/**
 * Writes a run for another program into a folder: `network.json` with the layers, the labels and the probes' split;
 * `images.f32` and a file for each weight, `trained-<layer>-<kind>.f32` and `untrained-…`, float32, little-endian.
 */
export function writeNetwork(subject: Subject, images: number, folder: string): void {
  const { graph, classes } = subject;
  const set = subject.evaluationSet(images);
  const labels = [...set.labels];
  const split = splitForProbe(labels, classes.length);
  const description = {
    ...{ input: graph.input, layers: graph.layers, classes: classes.length, penalties: PENALTIES, labels },
    split: { ...split, order: [...split.order] },
  };
  fs.writeFileSync(path.join(folder, 'network.json'), JSON.stringify(description));
  fs.writeFileSync(path.join(folder, 'images.f32'), set.images(0, set.count));
  for (const [state, checkpoint] of [
    ['trained', 'last'],
    ['untrained', 'initial'],
  ] as const) {
    const weights = subject.weights(checkpoint);
    for (const [place, layer] of graph.layers.entries())
      for (const { name, kind } of layer.weights) {
        const values = weights.get(name);
        if (values === undefined) throw new Error(`no values of ${name}`);
        fs.writeFileSync(path.join(folder, `${state}-${place}-${kind}.f32`), values);
      }
  }
}
