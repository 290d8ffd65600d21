"use client";
import type { ComponentProps } from "react";
import { cx } from "@/components/ui/cx";
import { Textarea } from "@/components/ui/textarea";

/** A longer text once more behind the field would make every key slow. */
const mostMarked = 20_000;

const mark = /(\{\{\s*[A-Za-z_][A-Za-z0-9_.-]{0,63}\s*\}\})/;

/** Text that lies on the panel, its `{{variables}}` on a ground of their own. */
export function MarkedTextarea({ className, ...rest }: ComponentProps<"textarea">) {
  const value = String(rest.value ?? "");
  const long = value.length > mostMarked;
  return (
    <div className={cx("grid overflow-y-auto rounded-1 [&>*]:col-start-1 [&>*]:row-start-1", className)}>
      {!long && (
        <div aria-hidden className="pointer-events-none break-words whitespace-pre-wrap text-transparent">
          {value.split(mark).map((part, index) =>
            index % 2 === 1 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place.
              <span key={index} className="rounded-1 bg-accent-bg inset-ring inset-ring-accent-line">
                {part}
              </span>
            ) : (
              part
            ),
          )}
          {"\u200b"}
        </div>
      )}
      <Textarea bare {...rest} className="relative overflow-hidden" />
    </div>
  );
}
