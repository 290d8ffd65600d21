"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import { daysKept, type PlaygroundEntry } from "@/lib/playground";
import { markMatches, parseSearch, refreshSessions, restoreSession } from "@/lib/playground/client";
import { MarkedRuns } from "./marked-runs";

const day = 86_400_000;

/** "29 days left", rounded so that nothing leaves sooner than it says. */
function timeLeft(deletedAt: string): string {
  const days = Math.floor((Date.parse(deletedAt) + daysKept * day - Date.now()) / day);
  if (days < 1) return "less than a day left";
  return `${days} day${days === 1 ? "" : "s"} left`;
}

/** A deleted comparison, for as long as it can be brought back. */
export function DeletedRow({ entry, q }: { entry: PlaygroundEntry; q: string }) {
  const client = useQueryClient();
  const sending = useSend<void, void>(
    () => restoreSession(entry.id),
    () => {
      refreshSessions(client);
      toast(`Restored ${entry.title}`);
    },
  );
  return (
    <li className="flex items-center gap-2 border-b py-1.5 pr-2 pl-3.5">
      <div className="min-w-0 flex-1">
        <span className="block truncate">
          <MarkedRuns runs={markMatches(entry.title, parseSearch(q))} />
        </span>
        {entry.deletedAt && (
          <span className="flex gap-1.5 text-micro whitespace-nowrap text-fg-subtle">
            <Time at={entry.deletedAt} />
            {timeLeft(entry.deletedAt)}
          </span>
        )}
        {sending.error && (
          <span role="alert" className="block text-small text-danger">
            Not restored. {sending.error.message}
          </span>
        )}
      </div>
      <Button
        size="sm"
        busy={sending.busy}
        onClick={() => sending.send()}
        aria-label={`Restore ${entry.title}`}
        className="pointer-coarse:min-h-11"
      >
        Restore
      </Button>
    </li>
  );
}
