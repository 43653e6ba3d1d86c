import assert from 'node:assert/strict';
import { join } from 'node:path';
import { attach } from '../../../src-main/attach/attach.ts';
import { listenForCommands } from '../../../src-main/attach/listen.ts';
import { contractSuite } from '../api/contract-suite.ts';
import { temporaryFolder } from '../store/sample-study.ts';

contractSuite('over the socket that commands attach to', async (application, context) => {
  const store = join(temporaryFolder(context), 'kindling.sqlite');
  const listening = await listenForCommands(application, store);
  context.after(() => listening.close());
  const attached = await attach(store);
  assert(attached);
  context.after(() => attached.close());
  return {
    answer: (name, parameters) => attached.answer(name, parameters),
    subscribe: (listener) => void attached.subscribe(listener),
  };
});
