import { z } from 'zod';
import type {
  ExecutorField,
  ExecutorListing,
  executorRequests,
} from '../../src-shared/contract/api/executors.ts';
import { describeFields } from '../../src-shared/fields/field.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { accepted } from '../../src-shared/mistakes/mistakes-problem.ts';
import type { ExecutorDescription } from '../executors/executor.ts';
import { executorNamed, EXECUTORS, USUAL_EXECUTOR } from '../executors/registry.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** The requests about places where trainings run. */
export function executorHandlers({ home }: Pick<Host, 'home'>): HandlersOf<typeof executorRequests> {
  return {
    'executors.list': () => EXECUTORS.toSorted((a, b) => rank(a) - rank(b)).map(listing),
    'executors.examine': async ({ executor: name, settings: said }) => {
      const { settings, examine } = executorNamed(name);
      const known = accepted(checkInput(settings ?? z.strictObject({}), said), 'usage');
      return (await examine?.(home, known)) ?? [];
    },
  };
}

/** The usual one first. */
function rank(executor: ExecutorDescription): number {
  return executor === USUAL_EXECUTOR ? 0 : 1;
}

function listing({
  name,
  title,
  about,
  settings,
  isElsewhere = false,
}: ExecutorDescription): ExecutorListing {
  return { name, title, about, isElsewhere, fields: settings ? fieldsOf(settings) : [] };
}

function fieldsOf(schema: z.ZodObject): ExecutorField[] {
  const properties = z.toJSONSchema(schema, { io: 'input' }).properties ?? {};
  return describeFields(schema).map(({ name, title, about }) => ({
    ...{ name, title, about },
    kind: kindOf(properties[name]),
  }));
}

/** Of several ways to say it the first is taken; null is what is left empty. */
function kindOf(schema: z.core.JSONSchema._JSONSchema | undefined): ExecutorField['kind'] {
  const { anyOf, type } = typeof schema === 'object' ? schema : {};
  if (anyOf) return kindOf(anyOf[0]);
  return KINDS[String(type)] ?? 'text';
}

const KINDS: Readonly<Record<string, ExecutorField['kind']>> = {
  integer: 'number',
  array: 'words',
  boolean: 'switch',
};
