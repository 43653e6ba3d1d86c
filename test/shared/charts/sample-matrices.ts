import { type ConfusionData, confusionData } from '../../../src-shared/charts/kinds/confusion/data.ts';

/** Matrices of so many classes with long names; classes are recognized ever better, the last one has no images. */
export function matrices(classes: number, panels: number): ConfusionData {
  const names = Array.from({ length: classes }, (_, place) => `red-necked woodland pigeon ${place}`);
  return confusionData(
    names,
    Array.from({ length: panels }, (_, panel) => ({
      run: `run ${panel}`,
      label: `SR = 0.${panel + 1}, 3×3 = 0.5`,
      counts: names.map((_name, row) =>
        names.map((__, column) => (row === classes - 1 ? 0 : row === column ? row : column === 0 ? 1 : 0)),
      ),
    })),
  );
}
