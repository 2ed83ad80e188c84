/** Gives what a source gives, and has it make the next while the one before is being worked on. */
export async function* ahead<T>(source: AsyncIterator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = source.next();
      next.catch(() => undefined); // told when it is asked for
      yield value;
    }
  } finally {
    await source.return?.();
  }
}
