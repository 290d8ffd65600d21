import type { PlaygroundDocument } from "@/lib/playground";
import { letters } from "./figures";
import { SharedAnswer } from "./shared-answer";

/** The grid of a shared comparison: a row an input, a column a model. */
export function SharedRows({ document }: { document: PlaygroundDocument }) {
  const { rows, columns } = document;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
  const cell = "min-w-40 max-w-100 border-b px-3.5 py-2 text-left align-top";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label="Rows" tabIndex={0} className="flex-none overflow-x-auto border-t">
      <table className="w-full">
        <thead>
          <tr className="text-micro text-fg-subtle">
            {names.map((name) => (
              <th key={name} className={cell}>
                <code>{name}</code>
              </th>
            ))}
            {columns.map((column, index) => (
              <th key={column.id} className={cell}>
                {letters[index]} {column.model}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {names.map((name) => (
                <td key={name} className={`${cell} break-words whitespace-pre-wrap`}>
                  {row.values[name]}
                </td>
              ))}
              {columns.map((column) => {
                const answer = row.answers[column.id];
                return (
                  <td key={column.id} className={cell}>
                    {answer ? (
                      <SharedAnswer answer={answer} column={column.model} />
                    ) : (
                      <span className="text-small text-fg-subtle">Not run yet</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
