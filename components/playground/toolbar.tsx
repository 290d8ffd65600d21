"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import { addColumn, mostColumns, nextColumn, setSameInput } from "@/lib/playground/client";
import { SaveBadge } from "./save-badge";
import type { Session } from "./session";
import { TitleEdit } from "./title-edit";
import { ToolbarMenu } from "./toolbar-menu";
import { useChoices } from "./use-choices";

interface ToolbarProps {
  session: Session;
  onNew: () => void;
}

const Rule = () => <span className="mx-1 h-4.5 w-px flex-none bg-line-strong max-sm:hidden" />;

/** Title, what holds for all columns, and the actions on the whole. */
export function Toolbar({ session, onNew }: ToolbarProps) {
  const { workspace, runner, saver, view } = session;
  const state = useStore(workspace.store);
  const rail = useStore(view, ({ rail: open }) => open);
  const { choices } = useChoices();
  const running = state.running.length > 0;
  const canSave = state.save.kind === "off" || state.save.kind === "failed";
  const add = () => addColumn(workspace, nextColumn(choices, state.columns));
  const show = (which: "parameters" | "history") => view.setState({ rail: rail === which ? null : which });
  return (
    <div className="flex min-h-12 flex-none items-center gap-2 border-b px-4 pointer-coarse:min-h-14">
      <TitleEdit session={session} />
      <SaveBadge session={session} />
      <Rule />
      <Switch checked={state.sameInput} onChange={(checked) => setSameInput(workspace, checked)}>
        Same input
      </Switch>
      <Rule />
      <Button
        variant="ghost"
        size="sm"
        icon="plus"
        onClick={add}
        disabledReason={state.columns.length >= mostColumns ? `${mostColumns} columns at most` : undefined}
        className="max-sm:hidden"
      >
        Column
      </Button>
      <span className="ml-auto flex flex-none items-center gap-2 max-sm:hidden">
        <Button variant="ghost" onClick={onNew} icon="chat">
          New
        </Button>
        <IconButton
          icon="history"
          label="History"
          aria-pressed={rail === "history"}
          onClick={() => show("history")}
        />
        {rail !== "parameters" && (
          <IconButton icon="sliders" label="Parameters" onClick={() => show("parameters")} />
        )}
        {canSave && (
          <Button
            icon="bookmark"
            onClick={() => void saver.saveNow()}
            disabledReason={state.turns.length === 0 ? "Nothing was run yet" : undefined}
          >
            Save
          </Button>
        )}
      </span>
      {running ? (
        <Button icon="stop" kbd="Esc" onClick={() => runner.stopAll()} className="max-sm:ml-auto">
          Stop
        </Button>
      ) : (
        <ToolbarMenu session={session} onNew={onNew} onAdd={add} canSave={canSave} />
      )}
    </div>
  );
}
