import { TENSOR_FLOAT_32_WORDS, type TensorFloat32 } from '../../../src-shared/machine/tensor-float-32.ts';
import { openClient } from '../application/open-client.ts';
import { printLine } from '../output.ts';

/** Chooses whether NVIDIA's GPUs round products to TensorFloat-32, and says what is chosen. @param chosen absent: it is only said */
export async function tensorFloat32(storeFile: string, chosen?: TensorFloat32): Promise<void> {
  const client = await openClient(storeFile, '`kindling engine tf32`');
  try {
    const now =
      chosen === undefined
        ? await client.request('engines.tensorFloat32', {})
        : await client.request('engines.chooseTensorFloat32', { chosen });
    const { title, about } = TENSOR_FLOAT_32_WORDS[now.chosen];
    printLine(`${now.chosen} (${title}): ${about}.${now.without === null ? '' : ` ${now.without}`}`);
  } finally {
    await client.close();
  }
}
