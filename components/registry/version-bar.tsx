"use client";
import type { ReactNode } from "react";
import { AliasBadge } from "./alias-badge";
import type { TabProps } from "./tab-props";
import { VersionPicker } from "./version-picker";
import { VersionState } from "./version-state";

/** Which version a view shows; where there is one only, its name. */
export function VersionBar({
  model,
  version,
  onVersion,
  children,
}: Pick<TabProps, "model" | "version" | "onVersion"> & { children?: ReactNode }) {
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-2.5 border-b px-4 py-2">
      {model.versions.length > 1 ? (
        <VersionPicker
          label="Version in sight"
          versions={model.versions}
          value={version.number}
          onChange={onVersion}
        />
      ) : (
        <b>v{version.number}</b>
      )}
      {version.aliases.map((alias) => (
        <AliasBadge key={alias} alias={alias} />
      ))}
      <span className="text-small text-fg-muted">
        <VersionState version={version} />
      </span>
      {children && <span className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0">{children}</span>}
    </div>
  );
}
