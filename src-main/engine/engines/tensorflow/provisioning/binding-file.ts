import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindingOf, type EngineInstallation } from '../../../installations/installation.ts';

const PACKAGE = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');

/** tfjs-node's package, whose sources the binding is compiled from. */
export const BINDING_PACKAGE = dirname(PACKAGE);

/**
 * Headers of ours that come before these sources: one takes the place of tfjs-node's own, which deletes references to JavaScript on
 * any thread, one says with what options sessions are made, one writes what a run of a session did where that is asked for.
 */
export const BINDING_HEADERS = ['napi-auto-ref.h', 'session-options.h', 'traced-runs.h'].map((name) =>
  join(import.meta.dirname, '../../../../../src-native/binding', name),
);

let name: string | null = null;

/** What the binding of this version of Kindling is called: an engine outlives versions, and several may share it. */
export function bindingName(): string {
  if (name !== null) return name;
  const hash = createHash('sha256');
  // not all of its manifest, which a packaged application has shortened
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string };
  hash.update(version);
  for (const file of BINDING_HEADERS) hash.update(readFileSync(file));
  name = `binding-${hash.digest('hex').slice(0, 12)}.node`;
  return name;
}

/**
 * The binding that serves an engine: this version's where it was compiled, else the one that the engine was installed with.
 * @throws Problem `engine-invalid` where there is neither
 */
export function bindingFile(engine: Pick<EngineInstallation, 'name' | 'binding' | 'folder'>): string {
  const current = join(engine.folder, bindingName());
  return existsSync(current) ? current : bindingOf(engine);
}
