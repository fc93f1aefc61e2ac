import { visibleText } from '@herald/api-contract';
import { z } from 'zod';

export const momentSchema = z.iso.datetime();

/** A Notion id: 32 hexadecimal digits, with hyphens or without. @public */
export const notionIdSchema = z
  .string()
  .regex(
    /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
    'must be a Notion id: 32 hexadecimal digits, with hyphens or without',
  );

/** A language code such as `ko` or `pt-BR`; it becomes the name of a directory. @public */
export const languageSchema = z
  .string()
  .regex(
    /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/,
    'must be a language code such as ko or pt-BR',
  );

/** The name of a solution, in any case. */
export const solutionNameSchema = visibleText(64);
