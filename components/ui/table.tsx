import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

interface TableProps {
  /** Read before the table: what it lists. */
  label: string;
  children: ReactNode;
}

/** Lines only between rows; scrolls inside itself when it is too wide. */
export function Table({ label, children }: TableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-w-0 overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{label}</caption>
        {children}
      </table>
    </section>
  );
}

interface CellProps {
  /** Figures and dates at the right. */
  end?: boolean;
  /** Left out where there is no room: tables become lists of name + two facts. */
  narrow?: "hide" | "keep";
}

const edge = "px-2.5 first:pl-4 last:pr-4";

export function Th({ end, narrow = "keep", className, children, ...rest }: CellProps & ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        "h-7.5 border-b border-line-strong text-micro font-regular whitespace-nowrap text-fg-subtle",
        edge,
        end ? "text-right" : "text-left",
        narrow === "hide" && "max-sm:hidden",
        className,
      )}
    >
      {children}
    </th>
  );
}

export function Td({ end, narrow = "keep", className, children, ...rest }: CellProps & ComponentProps<"td">) {
  return (
    <td
      {...rest}
      className={cx(
        "h-(--h-row) border-b whitespace-nowrap max-sm:py-2",
        edge,
        end && "text-right",
        narrow === "hide" && "max-sm:hidden",
        className,
      )}
    >
      {children}
    </td>
  );
}

/** A row; its actions appear on hover and focus where there is a pointer. */
export function Tr({ selected, className, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr
      {...rest}
      aria-selected={selected}
      className={cx("group/row", selected ? "bg-accent-bg" : "hover:bg-hover", className)}
    />
  );
}

/** Actions at the row's end. */
export function RowActions({ children }: { children: ReactNode }) {
  return (
    <div className="flex justify-end gap-0.5 pointer-fine:opacity-0 pointer-fine:group-focus-within/row:opacity-100 pointer-fine:group-hover/row:opacity-100 pointer-fine:has-data-[state=open]:opacity-100">
      {children}
    </div>
  );
}
