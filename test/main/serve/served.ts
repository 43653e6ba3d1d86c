import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type RunningServer, startServer } from '../../../src-main/serve/start-server.ts';
import { type ScriptedApplication, scriptedApplication } from '../api/scripted-application.ts';

export const SECRET = 'what lies outside of the page';

/** A small built page, with a secret beside it and links that lead there. */
export function builtPage(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-page-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Kindling</title>');
  writeFileSync(join(page, 'assets', 'index-3f2a.js'), 'export {};');
  writeFileSync(join(page, 'assets', 'inter-77ab.woff2'), 'a font');
  writeFileSync(join(page, 'built-from'), 'no file of the page');
  writeFileSync(join(folder, 'secret.js'), SECRET);
  symlinkSync(join(folder, 'secret.js'), join(page, 'assets', 'link.js'));
  symlinkSync(folder, join(page, 'assets', 'up'));
  return page;
}

export interface Served {
  readonly server: RunningServer;
  readonly here: ScriptedApplication;
  /** Headers of a script that knows the token. */
  readonly bearer: { readonly Authorization: string };
}

/** The real server on a real store, until the test ends. */
export async function served(
  context: TestContext,
  options: { readonly pingSeconds?: number } = {},
): Promise<Served> {
  const here = scriptedApplication(context);
  const page = builtPage(context);
  const server = await startServer({ application: here.application, page, port: 0, ...options });
  context.after(() => server.close());
  return { server, here, bearer: { Authorization: `Bearer ${server.token}` } };
}
