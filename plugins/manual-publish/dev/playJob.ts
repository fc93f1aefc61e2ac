import {
  isFinal,
  type Job,
  type JobState,
} from '@herald/backstage-plugin-manual-publish-common';
import { setTimeout as pause } from 'node:timers/promises';
import type { ManualsServer } from '../src/__testUtils__/ManualsServer';
import { exampleEstimate } from './exampleJobs';

const PAGES = 57;
const SEGMENTS = 320;
const TICK = 150;

/** A publication as it would go, in a minute and for nothing. */
export async function playJob(server: ManualsServer, started: Job) {
  const { id, dry_run: isDry, target_languages: languages } = started;
  const isOver = () => isFinal(server.job(id).status);
  const log = (message: string) =>
    server.tell(id, { type: 'log', at: new Date().toISOString(), message });
  const enter = async (status: JobState, changes: Partial<Job> = {}) => {
    if (isOver()) {
      return;
    }
    const at = new Date().toISOString();
    const steps = server
      .job(id)
      .steps.map(step =>
        step.ms === null
          ? { ...step, ms: Date.parse(at) - Date.parse(step.at) }
          : step,
      );
    const ms = isFinal(status) ? 0 : null;
    if (!isFinal(status)) {
      log(`${status.toLowerCase().replaceAll('_', ' ')}`);
    }
    server.change(id, {
      status,
      steps: [...steps, { status, at, ms }],
      ...changes,
    });
    await pause(TICK * 4);
  };
  const progress = (done: number, translated: number, current: string) => {
    const { cost } = server.job(id);
    server.tell(id, {
      type: 'progress',
      progress: {
        pages: { done, total: PAGES },
        languages: languages.map((language, index) => ({
          language,
          done: Math.min(Math.max(translated - index * 20, 0), SEGMENTS),
          total: translated > 0 ? SEGMENTS : 0,
          untranslated: 0,
        })),
        current,
      },
      cost: { ...cost, notion_calls: done * 5, translator_calls: translated },
    });
  };

  await enter('CHECKING_REPO');
  await enter('PULLING');
  await enter('EXPORTING');
  for (let page = 1; page <= PAGES && !isOver(); page += 1) {
    progress(page, 0, `Page ${page}`);
    log(`Page ${page} is exported`);
    await pause(TICK);
  }
  if (!isDry) {
    await enter('EXPORT_COMMIT');
    await enter('TRANSLATING');
    for (let done = 10; done <= SEGMENTS + 60 && !isOver(); done += 10) {
      progress(PAGES, Math.min(done, SEGMENTS + 40), 'Batch of 10 segments');
      await pause(TICK);
    }
    await enter('TRANSLATION_COMMIT');
    await enter('PUSHING');
  }
  await enter('COMPLETED', {
    ended_at: new Date().toISOString(),
    estimate: isDry ? exampleEstimate : null,
    may: { cancel: false, retry: false },
  });
}
