import { Request } from 'express';
import { NotionError } from './NotionError';
import { parseNotionId } from './ids';

export function versionOf(req: Request): string {
  return req.get('notion-version') ?? '';
}

/** @throws NotionError - where it is no id in any of the forms that Notion takes */
export function idFrom(req: Request, parameter: string): string {
  return idAt(req.params[parameter], `path.${parameter}`, 'path');
}

/** @param place - what Notion names in its refusal, such as `body.parent.page_id` */
export function idAt(
  value: unknown,
  place: string,
  part: 'path' | 'body',
): string {
  const id = typeof value === 'string' ? parseNotionId(value) : undefined;
  if (id === undefined) {
    throw failsValidation(part, place, 'a valid uuid', value);
  }
  return id;
}

export function bodyOf(req: Request): Record<string, unknown> {
  return isRecord(req.body) ? req.body : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Notion words it: what a value should be, and what it was. */
export function failsValidation(
  part: 'path' | 'body',
  place: string,
  wanted: string,
  value: unknown,
): NotionError {
  return NotionError.invalid(
    `${part} failed validation: ${place} should be ${wanted}, instead was \`${JSON.stringify(
      value,
    )}\`.`,
  );
}
