"use client";
import { Button } from "@/components/ui/button";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import type { ModelVersion } from "@/lib/registry";

interface LicenseFactProps {
  version: ModelVersion;
  /** Absent for those who may only look. */
  onAccept: (() => void) | undefined;
}

/** A licence, and who said yes to it where somebody has to. */
export function LicenseFact({ version, onAccept }: LicenseFactProps) {
  const { license, isLicenseOpen, licenseAccepted } = version;
  return (
    <>
      {license}
      {licenseAccepted ? (
        <span className="block text-fg-subtle">
          accepted by {licenseAccepted.by.name}, <Time at={licenseAccepted.at} day />
        </span>
      ) : (
        !isLicenseOpen && (
          <span className="mt-0.5 flex flex-wrap items-center gap-2">
            <span className="inline-flex items-center gap-2">
              <Tile status="attention" /> not accepted yet
            </span>
            {onAccept && (
              <Button size="sm" onClick={onAccept}>
                Accept licence
              </Button>
            )}
          </span>
        )
      )}
    </>
  );
}
