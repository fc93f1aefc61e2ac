/** Does something with each, a few at a time; the first failure ends it once those under way have ended. */
export async function forEachAtOnce(items, atOnce, work) {
  const waiting = [...items];
  const worker = async () => {
    while (waiting.length > 0) {
      try {
        await work(waiting.shift());
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: atOnce }, worker),
  );
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}
