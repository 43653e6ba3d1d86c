import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/** Folder of the page: in a packaged application beside its archive, in a checkout built first if its sources have changed. */
export async function builtPage(): Promise<string> {
  if (path.basename(ROOT) === 'app.asar.unpacked') return path.join(path.dirname(ROOT), 'renderer');
  if (!existsSync(path.join(ROOT, 'src-renderer'))) return path.join(ROOT, 'dist', 'renderer');
  const { ensurePage } = await import('../../../scripts/build-page.ts');
  return ensurePage(ROOT);
}
