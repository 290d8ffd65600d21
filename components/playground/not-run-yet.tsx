"use client";
import { requestModelPath } from "@/components/access/paths";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import type { PlaygroundColumn } from "@/lib/playground";
import { formatModelRef, type ModelChoice } from "@/lib/playground/client";
import type { Session } from "./session";
import { useChoices } from "./use-choices";
import { useHidden } from "./use-hidden";

function whereItRuns(column: PlaygroundColumn, choice: ModelChoice | undefined): string {
  if (column.engine === "browser") {
    return "Runs in this browser. The prompt does not leave it unless you save.";
  }
  if (column.engine === "remote") {
    return `Sent to the connection ${column.model.split("/")[0] ?? column.model}.`;
  }
  return `Runs on this server.${choice?.facts ? ` ${choice.facts}.` : ""}`;
}

interface NotRunYetProps {
  session: Session;
  column: PlaygroundColumn;
}

/** A column before its first run: where the prompt will go. */
export function NotRunYet({ session, column }: NotRunYetProps) {
  const { choices, isPending } = useChoices();
  const hidden = useHidden(session);
  const choice = choices.find(({ key }) => key === formatModelRef(column));
  const why = isPending
    ? null
    : choice
      ? choice.unavailable && `It cannot answer here: ${choice.unavailable}.`
      : `There is no model ${column.model} here, or you may not use it. Choose another above.`;
  if (hidden) {
    return (
      <p className="grid h-full content-center justify-self-center text-center text-small text-fg-muted">
        Judge the answer alone. The name shows once you have voted.
      </p>
    );
  }
  return (
    <div className="grid h-full content-center justify-items-center gap-1.5 text-center text-small text-fg-muted">
      <Icon name={column.engine} className={tints[column.engine]} />
      <p className="max-w-64 text-balance">{whereItRuns(column, choice)}</p>
      {why && <p className="max-w-64 text-balance text-warn">{why}</p>}
      {!isPending && !choice && column.engine !== "browser" && (
        <ButtonLink size="sm" href={requestModelPath(column.model)}>
          Request access
        </ButtonLink>
      )}
      <Button className="mt-2 sm:hidden" onClick={() => session.view.setState({ promptOpen: true })}>
        Write a prompt or try a sample
      </Button>
    </div>
  );
}

const tints = { browser: "text-browser", server: "text-server", remote: "text-remote" };
