"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
  content: ReactNode;
  children: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
}

/** A short remark on hover and focus; never the only place where something is said. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger
          asChild
          onFocus={(event) => {
            // Focus that comes back from a closed menu is not a question; and an open tooltip takes the next Escape.
            if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
          }}
        >
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-(--layer-toast) max-w-72 rounded-2 bg-raised px-2 py-1 text-small text-fg shadow-lift-2 motion-safe:animate-appear"
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
