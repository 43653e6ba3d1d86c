import { defineExport } from '../export-kind.ts';

export const tensorboard = defineExport({
  name: 'tensorboard',
  title: 'TensorBoard event files',
  about: 'event files, a folder per run, in a .zip',
  of: 'runs',
  make: async (store, runs, { onProgress }) => {
    const { exportTensorBoard } = await import('../tensorboard/export-tensorboard.ts');
    const { packFiles } = await import('../pack-files.ts');
    const files = [];
    for (const file of exportTensorBoard(store, runs)) onProgress(files.push(file), runs.length);
    return packFiles(files, 'tensorboard.zip');
  },
});
