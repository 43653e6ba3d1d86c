/** `npm start`, `npm run demo | test | check | bench | torture | docs | build | package | release`: sets up what is missing, then runs the task on Node 24. */
import path from 'node:path';
import { ensureSetup, root } from './bootstrap.mjs';
import { launch } from './launch.mjs';

try {
  const node = ensureSetup();
  await launch(node, path.join(root, 'scripts', 'tasks.ts'), process.argv.slice(2));
} catch (error) {
  console.error(`kindling: ${error.message}`);
  process.exitCode = 1;
}
