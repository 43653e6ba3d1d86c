import { spawnSync } from 'node:child_process';

/** The Python that KINDLING_PYTHON names, or python3, if it has all of these modules; else says so and is null. */
export function findPython(modules: readonly string[]): string | null {
  const command = process.env['KINDLING_PYTHON'] ?? 'python3';
  const found = spawnSync(command, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0;
  if (!found)
    process.stderr.write(`${command} lacks one of ${modules.join(', ')}: nothing to compare with\n`);
  return found ? command : null;
}
