import { Badge } from "./badge";

interface EngineBadgeProps {
  kind: "browser" | "server" | "remote";
  /** What runs it: "WebGPU", "ONNX, CPU", a host. Absent: the place alone. */
  device?: string;
  /** Why a better device was not taken. */
  fallback?: string;
}

const places = { browser: "browser", server: "server", remote: "endpoint" };

/** Where a model runs: shape and colour the same everywhere. */
export function EngineBadge({ kind, device, fallback }: EngineBadgeProps) {
  return (
    <Badge tone={kind} icon={kind} title={fallback}>
      {device ?? places[kind]}
    </Badge>
  );
}
