import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';

/** A TensorFlow library on disk. */
export interface TensorFlowLibrary {
  readonly include: string;
  readonly libraryFolder: string;
  readonly libraries: readonly string[];
}

const HEADER = join('tensorflow', 'c', 'c_api.h');
const LIBRARIES = [
  ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
  ['libtensorflow.so', 'libtensorflow_framework.so'],
  ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
  ['libtensorflow.dylib', 'libtensorflow_framework.dylib'],
];

/**
 * Finds the headers and libraries below a folder: an unpacked libtensorflow (`include/`, `lib/`), Python's
 * `site-packages/tensorflow` (`include/`, libraries beside it), or a folder that holds such a `tensorflow/`.
 * @throws Problem `engine-invalid` that says what was looked for
 */
export function findLibrary(path: string): TensorFlowLibrary {
  const root = resolve(path);
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new Problem(
      'engine-invalid',
      `${root} is not a folder: choose the folder that contains libtensorflow and its include folder.`,
    );
  }
  const roots = [root, join(root, 'tensorflow')];
  const include = roots.map((each) => join(each, 'include')).find((each) => existsSync(join(each, HEADER)));
  if (include === undefined) {
    throw new Problem(
      'engine-invalid',
      `${root} contains no include/${HEADER}: the C headers of TensorFlow are needed next to the library.`,
    );
  }
  for (const libraryFolder of roots.flatMap((each) => [each, join(each, 'lib')])) {
    const libraries = LIBRARIES.find((names) => names.every((name) => existsSync(join(libraryFolder, name))));
    if (libraries !== undefined) return { include, libraryFolder, libraries };
  }
  const wanted = LIBRARIES.slice(0, 3)
    .map((names) => names.join(' with '))
    .join(', or ');
  throw new Problem(
    'engine-invalid',
    `${root} contains no TensorFlow library (looked for ${wanted}, there and in lib/).`,
  );
}
