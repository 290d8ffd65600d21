"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Segment } from "@/components/ui/segment";
import { Switch } from "@/components/ui/switch";
import { mostColumns, setBlind, setSameInput } from "@/lib/playground/client";
import { blindIsOff } from "./blind-is-off";
import { SaveBadge } from "./save-badge";
import type { Session } from "./session";
import { TitleEdit } from "./title-edit";
import { ToolbarMenu } from "./toolbar-menu";
import { useAddColumn } from "./use-add-column";
import { useHidden } from "./use-hidden";

interface ToolbarProps {
  session: Session;
  onNew: () => void;
}

const Rule = () => <span className="mx-0.5 h-4.5 w-px flex-none bg-line-strong max-lg:hidden" />;

const layouts = [
  { value: "chat", label: "Chat" },
  { value: "grid", label: "Grid" },
] as const;

/** Title, what holds for all columns, and the actions on the whole. */
export function Toolbar({ session, onNew }: ToolbarProps) {
  const { workspace, runner, saver, view } = session;
  const state = useStore(workspace.store);
  const { rail, layout } = useStore(view);
  const add = useAddColumn(session);
  const running = state.running.length > 0;
  const canSave = state.save.kind === "off" || state.save.kind === "failed";
  const show = (which: "parameters" | "history") => view.setState({ rail: rail === which ? null : which });
  const worth = state.turns.length > 0 || state.rows.length > 0;
  const hidden = useHidden(session);
  const blindReason = blindIsOff(state.columns.length, state.sameInput, layout);
  return (
    <div className="flex min-h-12 flex-none items-center gap-2 border-b px-4 pointer-coarse:min-h-14">
      <TitleEdit session={session} />
      <SaveBadge session={session} />
      <Rule />
      <Segment
        label="Layout"
        value={layout}
        onChange={(value) => {
          // The grid shows names.
          if (value === "grid") setBlind(workspace, false);
          view.setState({ layout: value });
        }}
        options={layouts}
        className="max-sm:hidden"
      />
      {layout === "chat" && (
        <Switch
          checked={state.sameInput}
          onChange={(checked) => setSameInput(workspace, checked)}
          className="max-lg:hidden"
        >
          Same input
        </Switch>
      )}
      <span
        className="inline-flex"
        title={blindReason ?? "Hides names and figures, in a new order, until you have voted"}
      >
        <Switch
          checked={state.blind !== null}
          onChange={(on) => setBlind(workspace, on)}
          disabled={blindReason !== undefined && state.blind === null}
          className="max-lg:hidden"
        >
          Blind
        </Switch>
      </span>
      <Rule />
      <Button
        variant="ghost"
        size="sm"
        icon="plus"
        onClick={add}
        disabledReason={state.columns.length >= mostColumns ? `${mostColumns} columns at most` : undefined}
        className="max-md:hidden"
      >
        Column
      </Button>
      <span className="ml-auto flex flex-none items-center gap-2 max-sm:hidden">
        <Button
          variant="ghost"
          icon="code"
          onClick={() => view.setState({ dialog: "code" })}
          disabledReason={hidden ? "Shows names: vote first" : undefined}
          className="max-lg:hidden"
        >
          Code
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
            disabledReason={worth ? undefined : "Nothing was run yet"}
          >
            Save
          </Button>
        )}
      </span>
      {running && (
        <Button icon="stop" kbd="Esc" onClick={() => runner.stopAll()} className="max-sm:ml-auto">
          Stop
        </Button>
      )}
      <ToolbarMenu session={session} onNew={onNew} onAdd={add} canSave={canSave} worth={worth} />
    </div>
  );
}
