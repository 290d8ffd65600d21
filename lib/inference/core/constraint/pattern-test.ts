import { Budget } from "./budget";
import { rangesOf } from "./char-set";
import { type MatchMode, patternAutomaton } from "./pattern-automaton";

interface Edge {
  low: number;
  high: number;
  target: number;
}

function targetOf(edges: readonly Edge[], code: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const edge = edges[middle];
    if (edge === undefined) break;
    if (code < edge.low) high = middle - 1;
    else if (code > edge.high) low = middle + 1;
    else return edge.target;
  }
  return -1;
}

/**
 * A test for one pattern whose time grows with the text alone, whoever wrote the pattern. Reads the same
 * patterns as answers can be held to.
 * @throws AppError `invalid` for a pattern that is malformed, not supported or too large.
 */
export function patternTest(source: string, mode: MatchMode): (text: string) => boolean {
  const automaton = patternAutomaton(source, mode, new Budget());
  if (automaton === undefined) return () => false;
  const states = automaton.edges.map((edges) =>
    edges
      .flatMap(({ set, target }) => rangesOf(set).map(([low, high]): Edge => ({ low, high, target })))
      .sort((a, b) => a.low - b.low),
  );
  return (text) => {
    let state = 0;
    for (const char of text) {
      state = targetOf(states[state] ?? [], char.codePointAt(0) ?? 0);
      if (state < 0) return false;
    }
    return automaton.accepts[state] ?? false;
  };
}
