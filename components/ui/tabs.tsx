"use client";
import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "./cx";

interface Tab {
  value: string;
  label: ReactNode;
  count?: number;
}

interface TabsProps {
  value: string;
  onChange: (value: string) => void;
  tabs: readonly Tab[];
  /** What the tabs divide. */
  label: string;
  /** `TabPanel`s. */
  children: ReactNode;
  className?: string;
}

/** Views of one thing. */
export function Tabs({ value, onChange, tabs, label, children, className }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex((tab) => tab.value === value);
  // On a narrow screen the open tab may stand beyond the edge.
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [at]);
  return (
    <Radix.Root
      value={value}
      onValueChange={onChange}
      className={cx("flex min-h-0 flex-1 flex-col", className)}
    >
      <Radix.List
        ref={list}
        aria-label={label}
        className="flex h-9.5 flex-none gap-0.5 overflow-x-auto border-b px-2.5 pointer-coarse:h-11"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="relative flex items-center gap-1.5 px-2 whitespace-nowrap text-fg-muted after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 hover:text-fg focus-visible:-outline-offset-2 data-[state=active]:font-strong data-[state=active]:text-fg data-[state=active]:after:bg-accent"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="text-micro font-regular text-fg-subtle">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

/** What one tab shows. */
export function TabPanel({
  value,
  className,
  children,
}: {
  value: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Content value={value} className={cx("min-h-0 flex-1 focus-visible:-outline-offset-2", className)}>
      {children}
    </Radix.Content>
  );
}
