"use client";
import { useState } from "react";
import type { IconName } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { setTheme, type Theme, themes } from "./theme";

const looks: Record<Theme, { label: string; icon: IconName }> = {
  light: { label: "Light", icon: "sun" },
  dark: { label: "Dark", icon: "moon" },
  system: { label: "As the system", icon: "screen" },
};

/** Light, dark or as the system has it. */
export function ThemeMenu({ initial }: { initial: Theme }) {
  const [theme, setShown] = useState(initial);
  const choose = (next: Theme) => {
    setTheme(next);
    setShown(next);
  };
  return (
    <Menu
      trigger={<IconButton icon={theme === "light" ? "sun" : "moon"} label="Theme" />}
      items={themes.map((name) => ({
        ...looks[name],
        checked: theme === name,
        onSelect: () => choose(name),
      }))}
    />
  );
}
