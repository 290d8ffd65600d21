/**
 * A pure function that remembers its last result: what many parts of a page ask at every change is computed
 * once, however long the prompt. Arguments are the same when they are identical.
 */
export function remember<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { args: Args; result: Result } | undefined;
  return (...args) => {
    if (last?.args.every((arg, i) => arg === args[i])) return last.result;
    const result = compute(...args);
    last = { args, result };
    return result;
  };
}
