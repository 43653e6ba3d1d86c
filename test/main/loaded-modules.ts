import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from './store/sample-study.ts';

/** The addresses of all modules that a program loads, one a line. @param run starts Node with these options and waits for its end */
export async function loadedModules(
  context: TestContext,
  run: (nodeOptions: readonly string[]) => unknown,
): Promise<string> {
  const folder = temporaryFolder(context);
  const list = join(folder, 'modules.txt');
  const hook = join(folder, 'hook.mjs');
  writeFileSync(
    hook,
    `import { appendFileSync } from 'node:fs';
    import { registerHooks } from 'node:module';
    registerHooks({ resolve(specifier, context, next) {
      const found = next(specifier, context);
      appendFileSync(${JSON.stringify(list)}, found.url + '\\n');
      return found;
    } });`,
  );
  await run(['--import', hook]);
  return readFileSync(list, 'utf8');
}
