"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useSyncExternalStore } from "react";
import { useBrowserDevice } from "@/components/shell/use-browser-device";
import { Tile, type TileStatus } from "@/components/ui/tile";
import type { System } from "@/lib/gateway";
import { systemQuery } from "@/lib/gateway/client";

interface ThisMachineProps {
  /** Without a session the server tells nothing of itself. */
  signedIn: boolean;
}

/** What models have here to run on, as found and not as promised. */
export function ThisMachine({ signedIn }: ThisMachineProps) {
  const id = useId();
  const browser = useBrowserDevice();
  const system = useQuery({ ...systemQuery(), enabled: signedIn, refetchInterval: 5_000 });
  const { engine, machine } = system.data ?? {};
  return (
    <section aria-labelledby={id} className="border-t pt-3.5 text-small">
      <h2 id={id} className="mb-2 text-small">
        This machine
      </h2>
      <dl className="grid grid-cols-[88px_1fr] gap-1.5">
        <Fact name="Browser" status={browser ? "ready" : "idle"}>
          {browser
            ? `${browser.device}${browser.memoryGb ? `, ${browser.memoryGb} GB` : ""}`
            : "being looked at"}
        </Fact>
        {signedIn && (
          <>
            <Fact name="Server" status={engine ? "ready" : system.isError ? "failed" : "idle"}>
              {engine
                ? `ONNX on ${engine.threads} of ${machine?.cores} cores`
                : system.isError
                  ? "no answer"
                  : "being asked"}
            </Fact>
            {engine && <Gpu engine={engine} />}
            {machine && <Fact name="Free disk">{gigabytes(machine.freeDiskBytes)}</Fact>}
            {machine && (
              <Fact name="Listens on" mono>
                {machine.listens}
              </Fact>
            )}
          </>
        )}
        {!signedIn && (
          <Fact name="Address" mono>
            <Address />
          </Fact>
        )}
      </dl>
    </section>
  );
}

/** Only a loaded model proves a device. */
function Gpu({ engine }: { engine: System["engine"] }) {
  const loaded = engine.models.find((model) => model.state === "ready");
  const device = loaded?.device;
  if (!device) {
    return (
      <Fact name="GPU" status="idle">
        not looked for yet
      </Fact>
    );
  }
  if (device === "CPU") {
    return (
      <Fact name="GPU" status="idle" title={loaded.fallback}>
        {loaded.fallback ? "none found" : "not used"}
      </Fact>
    );
  }
  return (
    <Fact name="GPU" status="ready">
      {device}
    </Fact>
  );
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

const never = () => () => undefined;

/** Where this browser reaches the workbench. */
function Address() {
  return useSyncExternalStore(
    never,
    () => window.location.host,
    () => "",
  );
}

interface FactProps {
  name: string;
  status?: TileStatus;
  mono?: boolean;
  title?: string;
  children: ReactNode;
}

function Fact({ name, status, mono, title, children }: FactProps) {
  return (
    <>
      <dt className="text-fg-muted">{name}</dt>
      <dd title={title} className={mono ? "font-mono" : "flex items-center gap-2"}>
        {status && <Tile status={status} />}
        {children}
      </dd>
    </>
  );
}
