"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Tile } from "@/components/ui/tile";
import type { System } from "@/lib/gateway";
import { systemQuery } from "@/lib/gateway/client";
import { useBrowserDevice, useBrowserLoad } from "./use-browser-device";

const pollMs = 5_000;

/** Both engines with device and load, at the foot of the sidebar. */
export function EngineStatus() {
  const system = useQuery({ ...systemQuery(), refetchInterval: pollMs });
  const browser = useBrowserDevice();
  const load = useBrowserLoad();
  const engine = system.data?.engine;
  return (
    <section
      aria-label="Engines"
      className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-t px-3.5 pt-2.5 pb-3 max-md:justify-center max-md:px-0"
    >
      <Line icon="browser" name="This browser" busy={load.busy > 0}>
        {load.device ?? browser?.device ?? ""}
      </Line>
      <Line icon="server" name="Server" busy={(engine?.busy ?? 0) > 0}>
        {system.isError ? "no answer" : engine ? serverLoad(engine) : ""}
      </Line>
    </section>
  );
}

type Load = Pick<System["engine"], "device" | "busy" | "slots" | "waiting">;

/** "CPU, 2 of 8 busy, 1 waits" */
function serverLoad({ device, busy, slots, waiting }: Load): string {
  if (busy === 0) return `${device}, idle`;
  const line = waiting === 0 ? "" : `, ${waiting} wait${waiting === 1 ? "s" : ""}`;
  return `${device}, ${busy} of ${slots} busy${line}`;
}

interface LineProps {
  icon: "browser" | "server";
  name: string;
  busy: boolean;
  children: ReactNode;
}

function Line({ icon, name, busy, children }: LineProps) {
  return (
    <div className="flex items-center gap-2 text-small text-fg-muted" title={name}>
      <Icon name={icon} size={14} className={icon === "browser" ? "text-browser" : "text-server"} />
      <span className="flex-none max-md:sr-only">{name}</span>
      <span className="ml-auto flex min-w-0 items-center gap-1.5 text-micro text-fg-subtle max-md:sr-only">
        {busy && <Tile status="live" size={7} />}
        <span className="truncate">{children}</span>
      </span>
    </div>
  );
}
