import { cx } from "./cx";
import { type IconName, strokesOf } from "./icons";

export type { IconName } from "./icons";

interface IconProps {
  name: IconName;
  /** 16 beside body text, 14 beside small text, 12 inside badges. */
  size?: 12 | 14 | 16 | 20;
  className?: string;
}

const sizes = { 12: "size-3", 14: "size-3.5", 16: "size-4", 20: "size-5" };

/** A decorative icon: its meaning is always said in words beside it or by the control's label. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx("block flex-none", sizes[size], className)}
    >
      {strokesOf(name).map((stroke) => (
        <path
          key={stroke.d}
          d={stroke.d}
          strokeWidth={stroke.width}
          strokeDasharray={stroke.dash}
          fill={stroke.filled ? "currentColor" : undefined}
        />
      ))}
    </svg>
  );
}
