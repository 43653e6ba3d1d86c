import { Problem } from '../../src-shared/mistakes/problem.ts';
import { openEngine } from '../engine/open-engine.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { featuresFolder, kindlingHome } from '../home.ts';
import { answerWork, type WorkControl } from '../work/answer-work.ts';
import type { AnalysisResult } from '../../src-shared/analysis/analysis-result.ts';
import { ANALYSIS, type AnalysisAdvance, type AnalysisFindings, type AnalysisTask } from './analysis-work.ts';
import { FeatureStorage } from './feature-storage.ts';
import { methodNamed, runMethod } from './methods/registry.ts';
import type { Subject } from './subject.ts';
import { SubjectCache } from './subject-cache.ts';
import { writeFiles } from './write-files.ts';

/** The analysing process: a plain Node process that runs one method on one run at a time. */
answerWork(ANALYSIS, async (pause) => {
  const home = kindlingHome();
  const storage = new FeatureStorage(featuresFolder(home));
  const cache = new SubjectCache(await openEngine(selectedEngine(home)), pause, storage);
  return {
    about: null,
    work: (task, control) => analyze(task, cache, control).finally(() => cache.closeForgotten()),
  };
});

async function analyze(
  task: AnalysisTask,
  cache: SubjectCache,
  { onProgress, pause }: WorkControl<AnalysisAdvance>,
): Promise<AnalysisFindings> {
  const startedAt = performance.now();
  const method = methodNamed(task.method);
  const subject = cache.subject(task.subject);
  const peer = (run: string): Subject => {
    const found = task.peers.find((each) => each.run === run);
    if (found !== undefined) return cache.subject(found);
    throw new Problem('not-found', `Run ${run} is not among the runs that ${subject.run} is compared with.`);
  };
  const found: AnalysisResult[] = [];
  const { results, files } = await runMethod(method, subject, task.settings, {
    progress: (share) => onProgress({ share, found: found.splice(0) }),
    // those of channels are many
    found: (results) => void found.push(...results.filter(({ channel }) => channel === null)),
    pause,
    peer,
  });
  const written = writeFiles(task.folder, files);
  return { results: [...results], files: written, seconds: (performance.now() - startedAt) / 1000 };
}
