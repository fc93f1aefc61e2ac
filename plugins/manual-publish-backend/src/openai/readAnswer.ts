import { z } from 'zod';

const answerSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(z.object({ id: z.string(), text: z.string() }));

/**
 * The translations in a model's answer, by id: an object keyed by id, as the schema asks for. Servers that do not enforce schemas
 * answer the object under `segments`, a list of `{id, text}`, or all that in a fence. What is none of it is left out.
 */
export function readAnswer(
  content: string,
  ids: readonly string[],
): Map<string, string> {
  const answer = parsed(content);
  const keyed = answerSchema.safeParse(answer).data ?? {};
  const inner = Object.hasOwn(keyed, 'segments') ? keyed.segments : answer;
  const list = listSchema.safeParse(inner);
  const texts = new Map<string, unknown>(
    list.success
      ? list.data.map(({ id, text }) => [id, text])
      : Object.entries(answerSchema.safeParse(inner).data ?? {}),
  );
  return new Map(
    ids.flatMap(id => {
      const text = texts.get(id);
      return typeof text === 'string' ? [[id, text] as const] : [];
    }),
  );
}

function parsed(content: string): unknown {
  const fenced = /^\s*```\w*\s*\n([^]*)\n\s*```\s*$/.exec(content);
  try {
    return JSON.parse(fenced ? fenced[1] : content);
  } catch {
    return undefined;
  }
}
