import type { ChatParameters, EngineKind } from "@/lib/inference";
import { effectiveParameters, messagesFor, type TurnHead, turnsOf } from "./conversation";
import { edit, isPromptEdited } from "./edits";
import type { RunEngine } from "./engine";
import { runColumn } from "./run-column";
import { type Answer, bounds } from "./schema";
import { titleOf } from "./title";
import { localId, unanswered, type Workspace } from "./workspace";

export interface RunnerOptions {
  engines: Record<EngineKind, RunEngine>;
  /** Told of every answer that a browser gave, which the server cannot count by itself. */
  onBrowserAnswer(answer: Answer, parameters: ChatParameters): void;
}

export interface Runner {
  /** Sends what was typed to all columns; with nothing typed, runs the conversation again. */
  runAll(): Promise<void>;
  /** The same for one column, with its own input when input is not shared. */
  runOne(columnId: string): Promise<void>;
  /** Answers a column's last turn again. */
  regenerate(columnId: string): Promise<void>;
  stop(columnId: string): void;
  stopAll(): void;
}

/** What keeps the columns from running, in words; empty when they can. */
export function missingToRun(workspace: Workspace): string[] {
  const { sameInput, turns, prompt, followUp, columns } = workspace.store.getState();
  if (turns.length + columns.length > bounds.turns) return ["a new comparison, as this one is full"];
  const typed = sameInput
    ? [turns.length === 0 ? prompt : followUp]
    : columns.map(({ id }) => workspace.column(id).getState().draft);
  return turns.length > 0 || typed.some((text) => text.trim() !== "") ? [] : ["a user message"];
}

export function createRunner(workspace: Workspace, options: RunnerOptions): Runner {
  const { store } = workspace;
  const controllers = new Map<string, AbortController>();

  /** Answers turns of a column one after another; the first that does not finish ends the row. */
  async function answerTurns(columnId: string, turnIds: string[]): Promise<void> {
    if (controllers.has(columnId) || turnIds.length === 0) return;
    const controller = new AbortController();
    controllers.set(columnId, controller);
    store.setState((state) => ({ running: [...state.running, columnId] }));
    try {
      for (const turnId of turnIds) {
        const state = store.getState();
        const column = state.columns.find((candidate) => candidate.id === columnId);
        if (!column || controller.signal.aborted) return;
        if (column.engine === "browser") store.setState({ ranInBrowser: true });
        const parameters = effectiveParameters(state.parameters, column.parameters);
        const columnStore = workspace.column(columnId);
        const messages = messagesFor(
          state.system,
          turnsOf(state.turns, columnId),
          columnStore.getState().answers,
          turnId,
        );
        const answer = await runColumn(
          columnStore,
          {
            turnId,
            kind: column.engine,
            engine: options.engines[column.engine],
            call: { model: column.model, messages, parameters },
          },
          controller.signal,
        );
        if (column.engine === "browser") options.onBrowserAnswer(answer, parameters);
        edit(workspace, () => ({}));
        if (answer.outcome !== "finished") return;
      }
    } finally {
      controllers.delete(columnId);
      store.setState((state) => ({ running: state.running.filter((id) => id !== columnId) }));
    }
  }

  function append(user: string, column?: string): void {
    const turn: TurnHead = { id: localId(), user, ...(column ? { column } : {}) };
    edit(workspace, (state) => {
      const turns = [...state.turns, turn];
      return { turns, title: state.titled ? state.title : titleOf({ turns, prompt: state.prompt }) };
    });
  }

  /** Takes the first message as it stands in the editor, before it is answered again. */
  function takePrompt(): void {
    edit(workspace, (state) => {
      const [first, ...rest] = state.turns;
      if (!first || !isPromptEdited(state) || state.prompt.trim() === "") return {};
      const turns = [{ ...first, user: state.prompt }, ...rest];
      return { turns, title: state.titled ? state.title : titleOf({ turns, prompt: state.prompt }) };
    });
  }

  const waiting = (columnId: string) => unanswered(workspace, columnId).map((turn) => turn.id);
  const every = (columnId: string) => turnsOf(store.getState().turns, columnId).map((turn) => turn.id);

  async function runShared(): Promise<void> {
    const { turns, prompt, followUp, columns } = store.getState();
    const typed = turns.length === 0 ? prompt : followUp;
    if (typed.trim() !== "") {
      append(typed);
      store.setState({ followUp: "" });
    } else if (isPromptEdited(store.getState()) || columns.every(({ id }) => waiting(id).length === 0)) {
      takePrompt();
      await Promise.all(columns.map(({ id }) => answerTurns(id, every(id))));
      return;
    }
    await Promise.all(columns.map(({ id }) => answerTurns(id, waiting(id))));
  }

  async function runOwn(): Promise<void> {
    const { columns } = store.getState();
    const typed = columns.filter(({ id }) => workspace.column(id).getState().draft.trim() !== "");
    await Promise.all((typed.length > 0 ? typed : columns).map(({ id }) => runOne(id)));
  }

  async function runOne(columnId: string): Promise<void> {
    const { sameInput, turns, prompt } = store.getState();
    const columnStore = workspace.column(columnId);
    const { draft } = columnStore.getState();
    if (controllers.has(columnId)) return;
    if (!sameInput && draft.trim() !== "") {
      append(draft, columnId);
      columnStore.setState({ draft: "" });
    } else if (sameInput && turns.length === 0 && prompt.trim() !== "") {
      append(prompt);
    }
    const open = waiting(columnId);
    await answerTurns(columnId, open.length > 0 ? open : every(columnId));
  }

  return {
    async runAll() {
      if (store.getState().running.length > 0 || missingToRun(workspace).length > 0) return;
      await (store.getState().sameInput ? runShared() : runOwn());
    },
    runOne,
    async regenerate(columnId) {
      const last = every(columnId).at(-1);
      if (last) await answerTurns(columnId, [last]);
    },
    stop: (columnId) => controllers.get(columnId)?.abort(),
    stopAll: () => {
      for (const controller of controllers.values()) controller.abort();
    },
  };
}
