import { Problem } from '../../src-shared/mistakes/problem.ts';
import { ENGINE_KINDS, engineKindNamed } from './engines/registry.ts';
import { type EngineInstallation, listEngines, selectedEngine } from './installations/installation.ts';

/**
 * The engine that analyses use: the selected one or, where that only trains, another that is installed, the kind that stands first in lists.
 * @throws Problem `engine-missing` where there is none, `engine-invalid` where the selected one is of another version of the program
 */
export function analysisEngine(home: string): EngineInstallation {
  const selected = selectedEngine(home);
  const { title, analyses } = engineKindNamed(selected.engine);
  if (analyses) return selected;
  const installed = listEngines(home);
  const other = ENGINE_KINDS.filter((kind) => kind.analyses)
    .flatMap(({ name }) => installed.filter(({ engine }) => engine === name))
    .at(0);
  if (other) return other;
  const fact = `${title} trains networks and analyses nothing.`;
  throw new Problem(
    'engine-missing',
    `${fact} Install an engine for analyses beside it, \`kindling engine install cpu\` ` +
      '(TensorFlow) or `javascript` (nothing to download, slow); ' +
      `then \`kindling engine use ${selected.name}\` has trainings use ${title} again.`,
    {
      fact: `${fact} Install an engine for analyses beside it; then choose ${selected.name} again, which trainings use.`,
      offer: { action: 'install-engine', subject: 'cpu' },
    },
  );
}
