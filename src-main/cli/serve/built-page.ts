import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Folder of the page: in a checkout built first if its sources have changed, else as it was packaged. */
export async function builtPage(): Promise<string> {
  if (!existsSync(join(ROOT, 'src-renderer'))) return join(ROOT, 'dist', 'renderer');
  const { ensurePage } = await import('../../../scripts/build-page.ts');
  return ensurePage(ROOT);
}
