import { Problem } from '../../src-shared/contract/problem.ts';
import { LARGEST_FILE } from '../../src-shared/studies/study-limits.ts';
import { decodeText } from '../../src-shared/yaml/decode-text.ts';

/** A study file that was chosen, as text. @throws Problem where it is too large for one */
export async function readTextFile(file: File): Promise<string> {
  if (file.size > LARGEST_FILE) {
    const most = LARGEST_FILE.toLocaleString('en-US');
    throw new Problem('study-invalid', `${file.name} is not a study file: it has more than ${most} bytes.`);
  }
  return decodeText(new Uint8Array(await file.arrayBuffer()));
}
