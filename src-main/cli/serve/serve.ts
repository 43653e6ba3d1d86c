import { existsSync } from 'node:fs';
import path from 'node:path';
import { createApplication } from '../../api/application.ts';
import { letAttach } from '../../attach/let-attach.ts';
import { isOpenToOthers } from '../../files/open-to-others.ts';
import { kindlingHome } from '../../home.ts';
import { startServer } from '../../serve/start-server.ts';
import { canBeWritten } from '../../store/connection.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { announce } from './announce.ts';
import { openBrowser } from './open-browser.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

export interface ServeOptions {
  readonly port: number;
  readonly open?: boolean;
  readonly json?: boolean;
  readonly readOnly?: boolean;
}

/**
 * Serves page and API until Ctrl-C or SIGTERM; then ends the connections, stops what trains in order, and closes the
 * store.
 * @throws Problem of the page, the store and the port; Interrupted at the end
 */
export async function serve(storeFile: string, options: ServeOptions): Promise<void> {
  const page = await builtPage();
  await interruptible((signal) => serveUntil(signal, storeFile, page, options), {
    onFirst: () =>
      console.error('stopping trainings after their current step (Ctrl-C again stops at once) …'),
  });
  throw new Interrupted();
}

async function serveUntil(
  signal: AbortSignal,
  storeFile: string,
  page: string,
  options: ServeOptions,
): Promise<void> {
  const readOnly = options.readOnly ?? !canBeWritten(storeFile);
  if (readOnly) {
    console.error(`kindling: ${storeFile} is open read-only: nothing can be trained, changed or removed.`);
  }
  const opened = createApplication({
    collects: true,
    home: kindlingHome(),
    storeFile,
    holder: '`kindling serve`',
    readOnly,
  });
  const application = readOnly ? opened : await letAttach(opened, storeFile);
  try {
    const server = await startServer({ application, page, port: options.port });
    if (isOpenToOthers(kindlingHome())) {
      console.error(
        `kindling: every user of this machine can read ${kindlingHome()}; \`chmod 700\` makes it private.`,
      );
    }
    announce(server, options);
    if (options.open && !(await openBrowser(server.url))) {
      console.error('kindling: found no program to open a browser; open the address yourself.');
    }
    await fired(signal);
    await server.close();
  } finally {
    await application.close();
  }
}

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Folder of the page: in a packaged application beside its archive, in a checkout built first if its sources have changed. */
async function builtPage(): Promise<string> {
  if (path.basename(ROOT) === 'app.asar.unpacked') return path.join(path.dirname(ROOT), 'renderer');
  if (!existsSync(path.join(ROOT, 'src-renderer'))) return path.join(ROOT, 'dist', 'renderer');
  const { ensurePage } = await import('../../../scripts/build-page.ts');
  return ensurePage(ROOT);
}
