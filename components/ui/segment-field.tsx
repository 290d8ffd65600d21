"use client";
import type { ComponentProps, ReactNode } from "react";
import { Segment } from "./segment";

interface SegmentFieldProps<V extends string>
  extends Pick<ComponentProps<typeof Segment<V>>, "label" | "value" | "onChange" | "options"> {
  /** What the choice means, under it. */
  children?: ReactNode;
}

/** A segment in a form, with its label in sight. */
export function SegmentField<V extends string>({ children, ...segment }: SegmentFieldProps<V>) {
  return (
    <div className="grid gap-1">
      <span aria-hidden="true" className="text-small text-fg-muted">
        {segment.label}
      </span>
      <div className="flex">
        <Segment {...segment} />
      </div>
      {children && <p className="text-small text-fg-subtle">{children}</p>}
    </div>
  );
}
