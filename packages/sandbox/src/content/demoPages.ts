import { notionId } from '../notion/ids';
import { amdp } from './amdp';
import { apim } from './apim';
import { zcp } from './zcp';

/** The root page of each solution of the demo, with all that is below it. */
export const demoPages = [zcp, apim, amdp] as const;

/** What `manualPublish.solutions` names, by solution type. */
export const demoSolutions = {
  ZCP: notionId('zcp'),
  APIM: notionId('apim'),
  AMDP: notionId('amdp'),
} as const;

/** So that a portal which is started again finds them as it left them. */
export const demoPagesWrittenAt = new Date('2025-01-15T09:30:00Z');
