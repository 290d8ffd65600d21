"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ModelVersion, RegisteredModel } from "@/lib/registry";
import { acceptLicense } from "@/lib/registry/client";
import { useChanged } from "./use-changed";

interface LicenseDialogProps {
  model: RegisteredModel;
  version: ModelVersion;
  onClose: () => void;
}

/** Somebody says yes for the whole workbench. */
export function LicenseDialog({ model, version, onClose }: LicenseDialogProps) {
  const changed = useChanged(onClose);
  const { license, number, source } = version;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={license === "unknown" ? `Use v${number} without a known licence?` : `Accept ${license}?`}
      subtitle={`${model.name} v${number}`}
      verb="Accept licence"
      consequence="Kept with your name and the date."
      act={() => acceptLicense(model.id, number)}
      onDone={() => changed(`The licence of v${number} is accepted.`)}
    >
      <p>
        {license === "unknown"
          ? "Nobody said under which terms it may be used. Read them where it came from before you go on."
          : "You say that its terms were read and that this workbench keeps to them."}
        {source.origin === "hub" && (
          <>
            {" "}
            They are at{" "}
            <code className="wrap-anywhere">
              {source.hub}/{source.repository}
            </code>
            .
          </>
        )}
      </p>
    </ConfirmDialog>
  );
}
