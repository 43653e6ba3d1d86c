import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Application } from '../../../src-main/api/application.ts';
import type { NumberedEvent } from '../../../src-shared/contract/api/events.ts';
import { type Answer, requestNames } from '../../../src-shared/contract/api/index.ts';
import { type Api, contractCases } from './contract-cases.ts';
import { eventLog } from './event-log.ts';
import { scriptedApplication } from './scripted-application.ts';

/** One end of a transport whose other end is the application. */
export interface ContractClient {
  answer(name: string, parameters: unknown): Promise<Answer<unknown>>;
  /** Called once. */
  subscribe(listener: (event: NumberedEvent) => void): void;
}

/** Connects a client to the application; what it opens is closed after the test. */
export type Connect = (
  application: Application,
  context: TestContext,
) => ContractClient | Promise<ContractClient>;

/**
 * Every request of the contract through one transport: the same behaviour, whatever carries it.
 * @param options `isWhole` where long work is also tried in the ways that differ in the handler alone
 */
export function contractSuite(
  transport: string,
  connect: Connect,
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): void {
  test(`the contract holds ${transport}`, async (context) => {
    assert.deepEqual(
      Object.keys(contractCases).sort(),
      [...requestNames].sort(),
      'every request has its case',
    );
    const { application, home, script, bugs } = scriptedApplication(context);
    const client = await connect(application, context);
    const log = eventLog();
    client.subscribe(log.add);
    const api: Api = {
      home,
      script,
      isWhole,
      event: log.event,
      ok: async (name, parameters) => {
        const answer = await client.answer(name, parameters);
        assert(answer.ok, `${name}: ${answer.ok || answer.message}`);
        return answer.result as never;
      },
      refused: async (name, parameters, code, message) => {
        const answer = await client.answer(name, parameters);
        assert(!answer.ok, `${name} was not refused`);
        assert.equal(answer.code, code, answer.message);
        assert.match(answer.message, message);
      },
    };
    for (const [name, holds] of Object.entries(contractCases)) {
      await context.test(name, { timeout: 60_000 }, () => holds(api));
    }
    await context.test('parameters that the contract does not know are refused by name', async () => {
      for (const name of requestNames) {
        await api.refused(
          name,
          { nonsense: 1 },
          'usage',
          new RegExp(`^${name}: (.|\n)*nonsense: there is no such key`),
        );
        await api.refused(name, [], 'usage', new RegExp(`^${name}: the parameters must be an object`));
      }
    });
    await context.test('a request that is none is refused', async () => {
      for (const name of ['studies.nothing', 'toString', '']) {
        const answer = await client.answer(name, {});
        assert(!answer.ok && answer.code === 'usage', name);
      }
    });
    await context.test('nothing failed by a bug', () => assert.deepEqual(bugs, []));
    await context.test('events came in order and without a gap', () => {
      const numbers = log.events.map(({ sequence }) => sequence);
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index + 1),
      );
    });
  });
}
