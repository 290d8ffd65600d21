import { Badge } from "@/components/ui/badge";
import type { Answer } from "@/lib/playground";
import type { Live } from "@/lib/playground/client";

/** Why an answer ended, in the words of the API. */
export function OutcomeBadge({ answer }: { answer: Answer }) {
  switch (answer.outcome) {
    case "failed":
      return <Badge tone="danger">failed</Badge>;
    case "stopped":
      return (
        <Badge tile="partial" title="You stopped it. What had arrived is kept.">
          stopped
        </Badge>
      );
    case "interrupted":
      return (
        <Badge tone="warn" title="The page was left while it was streaming. What had arrived is kept.">
          interrupted
        </Badge>
      );
    case "finished":
      return answer.finish === "stop" ? (
        <Badge tile="ready" title="The model ended its answer.">
          stop
        </Badge>
      ) : (
        <Badge tile="partial" title={cut[answer.finish ?? "length"]}>
          {answer.finish?.replace("_", " ")}
        </Badge>
      );
  }
}

const cut: Record<string, string> = {
  length: "Cut at max tokens or at the end of the model's context.",
  tool_calls: "The model asked for a tool.",
  content_filter: "The upstream's filter cut it.",
};

/** What an answer on its way is doing. */
export function LiveBadge({ live }: { live: Live }) {
  const { phase, progress } = live;
  if (phase === "loading") {
    return (
      <Badge tone="live">
        loading model{progress === undefined ? "" : ` ${Math.floor(100 * progress)}\u2009%`}
      </Badge>
    );
  }
  return <Badge tone="live">{phase === "waiting" ? "waiting" : "streaming"}</Badge>;
}
