/** An application whose trainers take their time, to be killed by a test. Usage: node attachable-host.ts HOME */
import { join } from 'node:path';
import { createApplication } from '../../../src-main/api/application.ts';
import { letAttach } from '../../../src-main/attach/let-attach.ts';
import { storeFile } from '../../../src-main/home.ts';
import { scriptedEnvironment } from '../api/scripted-application.ts';

const home = process.argv[2] ?? '';
process.env['SCRIPTED_TRAINER'] = JSON.stringify({ log: join(home, 'log'), stepMilliseconds: 200 });
await letAttach(createApplication({ home, environment: scriptedEnvironment() }), storeFile(home));
console.log('ready');
