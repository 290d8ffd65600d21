"use client";
import { Select as Radix } from "radix-ui";
import { controlClass } from "./control-class";
import { cx } from "./cx";
import { useField } from "./field";
import { Icon, type IconName } from "./icon";

export interface SelectOption {
  value: string;
  label: string;
  icon?: IconName;
  detail?: string;
  /** Why it cannot be chosen; shown in place of the detail. */
  disabledReason?: string;
}

interface SelectProps {
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder?: string;
  /** Needed where no `Field` names it. */
  label?: string;
  size?: "sm" | "md";
  disabled?: boolean;
  className?: string;
}

/** One of a few known values. */
export function Select({
  value,
  onChange,
  options,
  placeholder,
  label,
  size = "md",
  disabled,
  className,
}: SelectProps) {
  const field = useField();
  const current = options.find((option) => option.value === value);
  return (
    <Radix.Root value={value ?? ""} onValueChange={onChange} disabled={disabled}>
      <Radix.Trigger
        id={field?.id}
        aria-label={label}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        className={cx(
          controlClass(field?.invalid ?? false),
          "flex items-center gap-2 text-left",
          size === "sm" ? "h-6.5 px-2 text-small pointer-coarse:h-9" : "h-(--h-control) px-2.25",
          className,
        )}
      >
        {current?.icon && <Icon name={current.icon} size={14} className="text-fg-muted" />}
        <span className={cx("min-w-0 flex-1 truncate", !current && "text-fg-subtle")}>
          <Radix.Value placeholder={placeholder}>{current?.label ?? placeholder}</Radix.Value>
        </span>
        <Icon name="chevron-down" size={14} className="text-fg-subtle" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-(--layer-toast) max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) rounded-2 bg-raised p-1 shadow-lift-2 motion-safe:animate-appear"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Option key={option.value} option={option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Option({ option }: { option: SelectOption }) {
  const remark = option.disabledReason ?? option.detail;
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabledReason !== undefined}
      className="flex min-h-(--h-control) items-center gap-2 rounded-1 px-2 outline-none select-none data-disabled:text-fg-subtle data-highlighted:bg-accent-bg"
    >
      {option.icon && <Icon name={option.icon} className="text-fg-muted" />}
      <Radix.ItemText>{option.label}</Radix.ItemText>
      {remark && <span className="ml-auto pl-4 text-micro text-fg-subtle">{remark}</span>}
      <Radix.ItemIndicator className={remark ? "" : "ml-auto"}>
        <Icon name="check" size={14} />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
