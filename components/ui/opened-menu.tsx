"use client";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { Fragment, useEffect, useRef } from "react";
import { cx } from "./cx";
import type { Opened } from "./door";
import { Icon } from "./icon";
import { Kbd } from "./kbd";
import type { MenuItem, MenuProps } from "./menu-items";

const row =
  "flex min-h-(--h-control) items-center gap-2 rounded-1 px-2 outline-none select-none data-highlighted:bg-accent-bg data-disabled:text-fg-subtle";

/** A menu that was opened once: it opens at once and stays ready. */
export function OpenedMenu({ trigger, items, header, align = "end", byKeyboard }: Opened<MenuProps>) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!byKeyboard) return;
    const first = () =>
      content.current?.querySelector<HTMLElement>("[role=menuitem]:not([data-disabled])")?.focus();
    const timer = setTimeout(first);
    return () => clearTimeout(timer);
  }, [byKeyboard]);
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          ref={content}
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
