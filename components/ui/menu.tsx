"use client";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import { cx } from "./cx";
import { Icon, type IconName } from "./icon";
import { Kbd } from "./kbd";

export interface MenuItem {
  label: ReactNode;
  icon?: IconName;
  /** The key that does the same. */
  kbd?: string;
  detail?: ReactNode;
  onSelect?: () => void;
  href?: string;
  danger?: boolean;
  checked?: boolean;
  disabledReason?: string;
  /** A line above it. */
  separated?: boolean;
}

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  items: readonly MenuItem[];
  /** Above the items, such as who is signed in. */
  header?: ReactNode;
  align?: "start" | "end";
}

const row =
  "flex min-h-(--h-control) items-center gap-2 rounded-1 px-2 outline-none select-none data-highlighted:bg-accent-bg data-disabled:text-fg-subtle";

/** Actions on one thing, opened by a button. */
export function Menu({ trigger, items, header, align = "end" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-(--layer-toast) max-w-[calc(100vw-16px)] min-w-50 rounded-2 bg-raised p-1 shadow-lift-2 motion-safe:animate-appear"
        >
          {header && (
            <DropdownMenu.Label className="border-b px-2 pt-1 pb-2 mb-1">{header}</DropdownMenu.Label>
          )}
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a menu's items keep their places.
            <Fragment key={index}>
              {item.separated && <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />}
              <Item item={item} />
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  const content = (
    <>
      {item.icon && <Icon name={item.icon} className={item.danger ? "" : "text-fg-muted"} />}
      <span className="min-w-0 truncate">{item.label}</span>
      <span className="ml-auto flex items-center gap-2 pl-4 text-micro text-fg-subtle">
        {item.disabledReason ?? item.detail}
        {item.checked && <Icon name="check" size={14} className="text-fg-muted" />}
        {item.kbd && <Kbd keys={item.kbd} />}
      </span>
    </>
  );
  const className = cx(row, item.danger && "text-danger");
  if (item.href) {
    return (
      <DropdownMenu.Item asChild className={className}>
        <Link href={item.href}>{content}</Link>
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item
      className={className}
      disabled={item.disabledReason !== undefined}
      onSelect={item.onSelect}
    >
      {content}
    </DropdownMenu.Item>
  );
}
