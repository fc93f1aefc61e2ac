/** Parts texts into those that go in one call, in their order. A text beyond the limit goes alone. */
export function batchesOf(
  texts: readonly string[],
  limits: { segmentsPerCall: number; tokensPerCall: number },
  tokensOf: (text: string) => number,
): string[][] {
  const batches: string[][] = [];
  let tokens = 0;
  for (const text of texts) {
    const cost = tokensOf(text);
    const batch = batches.at(-1);
    if (
      batch &&
      batch.length < limits.segmentsPerCall &&
      tokens + cost <= limits.tokensPerCall
    ) {
      batch.push(text);
      tokens += cost;
    } else {
      batches.push([text]);
      tokens = cost;
    }
  }
  return batches;
}
