/** An application that commands attach to, to be killed by a test. Usage: node listening-host.ts STORE */
import { listenForCommands } from '../../../src-main/attach/listen.ts';

const answer = () => Promise.resolve({ ok: true as const, result: null });
await listenForCommands({ answer, subscribe: () => () => undefined }, process.argv[2] ?? '');
console.log('listening');
