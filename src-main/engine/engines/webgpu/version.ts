import { createRequire } from 'node:module';
import { z } from 'zod';

/** Of the package that brings Dawn, e.g. `0.6.2`. */
export function dawnVersion(): string {
  const require = createRequire(import.meta.url);
  return z.object({ version: z.string() }).parse(require('webgpu/package.json')).version;
}
