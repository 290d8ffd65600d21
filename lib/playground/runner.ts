import type { EngineKind } from "@/lib/inference";
import { sentOf } from "./asked";
import { hideAgain } from "./blind-mode";
import { addAnswer } from "./column-store";
import { type TurnHead, turnsOf } from "./conversation";
import { type Answer, type Attachment, bounds, type PlaygroundColumn } from "./document";
import { edit, isPromptEdited } from "./edits";
import type { RunCall, RunEngine } from "./engine";
import { promptOf } from "./loaded-prompt";
import { missingInRow, missingToRun, missingValues } from "./missing";
import { asks, openingOf } from "./prompt";
import type { LoadedPrompt } from "./prompt-schema";
import { callForRow, callForTurn } from "./requests";
import { runColumn } from "./run-column";
import { titleOf } from "./title";
import { localId, pathOf, unanswered, type Workspace } from "./workspace";

export interface RunnerOptions {
  engines: Record<EngineKind, RunEngine>;
  /** Told of every answer that a browser gave, which the server cannot count by itself. */
  onBrowserAnswer(answer: Answer, call: RunCall): void;
  /** US dollars for these tokens of a column's model; undefined when nobody knows. */
  costOf?(
    column: PlaygroundColumn,
    inputTokens: number,
    outputTokens: number,
    cachedTokens?: number,
  ): number | undefined;
}

export interface Runner {
  /** Sends what was typed to all columns; with nothing typed, runs the conversation again. */
  runAll(): Promise<void>;
  /** The same for one column, with its own input when input is not shared. */
  runOne(columnId: string): Promise<void>;
  /** Answers a column's last turn once more; the answers so far stay. */
  regenerate(columnId: string): Promise<void>;
  /** Sends another message in a turn's place, on a branch of its own. */
  branch(turnId: string, user: string, attachments?: Attachment[]): Promise<void>;
  /** Answers cells of the grid, each column's one after another; rows that lack a value are left out. */
  runCells(rowIds: readonly string[], columnIds: readonly string[]): Promise<void>;
  stop(columnId: string): void;
  stopAll(): void;
}

/** One answer to be given: the call is made when its turn comes, with what was answered before. */
interface Job {
  place: string;
  call(column: PlaygroundColumn): RunCall;
  keep(answer: Answer): void;
}

export function createRunner(workspace: Workspace, options: RunnerOptions): Runner {
  const { store } = workspace;
  const controllers = new Map<string, AbortController>();

  /** Gives answers of a column one after another. In a conversation the first that does not finish is the last. */
  async function work(columnId: string, jobs: Job[], kind: "conversation" | "cells"): Promise<void> {
    if (controllers.has(columnId) || jobs.length === 0) return;
    const controller = new AbortController();
    controllers.set(columnId, controller);
    store.setState((state) => ({ running: [...state.running, columnId] }));
    try {
      for (const { place, call: callOf, keep } of jobs) {
        const column = store.getState().columns.find((candidate) => candidate.id === columnId);
        if (!column || controller.signal.aborted) return;
        if (column.engine === "browser") store.setState({ ranInBrowser: true });
        const call = callOf(column);
        const answer = await runColumn(
          workspace.column(columnId),
          {
            place,
            kind: column.engine,
            engine: options.engines[column.engine],
            call,
            costOf: (input, output, cached) => options.costOf?.(column, input, output, cached),
          },
          keep,
          controller.signal,
        );
        if (column.engine === "browser") options.onBrowserAnswer(answer, call);
        edit(workspace, () => ({}));
        if (answer.outcome !== "finished" && kind === "conversation") return;
      }
    } finally {
      controllers.delete(columnId);
      store.setState((state) => ({ running: state.running.filter((id) => id !== columnId) }));
    }
  }

  function jobsOf(columnId: string, turnIds: readonly string[]): Job[] {
    const { answers } = workspace.column(columnId).getState();
    const room = bounds.answers - (answers[turnIds.at(-1) ?? ""]?.length ?? 0);
    const repeats = Math.min(store.getState().repeats, room);
    return turnIds.flatMap((turnId, index) =>
      // Only the last message is answered more than once: what follows builds on one answer.
      Array.from({ length: index === turnIds.length - 1 ? repeats : 1 }, (_, repeat) => ({
        place: turnId,
        call: (column: PlaygroundColumn) => callForTurn(workspace, column, turnId, repeat),
        keep: (answer: Answer) => addAnswer(workspace.column(columnId), turnId, answer),
      })),
    );
  }

  const answerTurns = (columnId: string, turnIds: readonly string[]) =>
    work(columnId, jobsOf(columnId, turnIds), "conversation");

  function append(turn: Omit<TurnHead, "id">): string {
    const id = localId();
    edit(workspace, (state) => {
      const turns = [...state.turns, { ...turn, id }];
      return {
        turns,
        head: id,
        title: state.titled ? state.title : titleOf({ turns, messages: state.messages }),
      };
    });
    return id;
  }

  const path = () => pathOf(store.getState());
  const waiting = (columnId: string) => unanswered(workspace, columnId).map((turn) => turn.id);
  const every = (columnId: string) => turnsOf(path(), columnId).map((turn) => turn.id);
  const answerAll = (turnsFor: (columnId: string) => string[]) =>
    Promise.all(store.getState().columns.map(({ id }) => answerTurns(id, turnsFor(id))));

  function open(): void {
    const state = store.getState();
    append({ parent: null, ...openingOf(state, state.values) });
  }

  /** Begins one column's conversation by its prompt; false where something is missing for it. */
  function openOwn(columnId: string, prompt: LoadedPrompt): boolean {
    const state = store.getState();
    const columnStore = workspace.column(columnId);
    const { draft } = columnStore.getState();
    const asked = sentOf(prompt, state.values, []);
    const user = asked.user ?? draft;
    if (user.trim() === "" || missingValues(state).length > 0) return false;
    append({
      parent: state.head,
      user,
      values: asked.variables,
      asked: { [columnId]: asked },
      column: columnId,
    });
    // A prompt that asks by itself leaves what was typed for afterwards.
    if (asked.user === undefined) columnStore.setState({ draft: "" });
    return true;
  }

  /** The conversation once more on a branch of its own, with the prompt as it stands in the editor. */
  function again(): void {
    const state = store.getState();
    const [first, ...rest] = pathOf(state);
    const isShared = first !== undefined && first.column === undefined;
    let parent: string | null = null;
    const asked = openingOf(state, state.values);
    if (first) parent = append(isShared && asks(asked) ? { ...asked, parent } : { ...first, parent });
    for (const turn of rest) parent = append({ ...turn, parent });
  }

  async function runShared(): Promise<void> {
    const state = store.getState();
    const begun = path().length > 0;
    if (!begun) open();
    else if (state.followUp.trim() !== "" || state.enclosed.length > 0) {
      append({
        parent: state.head,
        user: state.followUp,
        ...(state.enclosed.length > 0 ? { attachments: state.enclosed } : {}),
      });
      store.setState({ followUp: "", enclosed: [] });
    } else if (isPromptEdited(state)) again();
    else if (state.columns.every(({ id }) => waiting(id).length === 0)) {
      if (path().length === 1) {
        await answerAll(every);
        return;
      }
      again();
    }
    await answerAll(waiting);
  }

  async function runOwn(): Promise<void> {
    const { columns } = store.getState();
    const typed = columns.filter(({ id }) => workspace.column(id).getState().draft.trim() !== "");
    await Promise.all((typed.length > 0 ? typed : columns).map(({ id }) => runOne(id)));
  }

  async function runOne(columnId: string): Promise<void> {
    const state = store.getState();
    const columnStore = workspace.column(columnId);
    const { draft } = columnStore.getState();
    if (controllers.has(columnId)) return;
    const column = state.columns.find(({ id }) => id === columnId);
    const prompt = column && promptOf(state, column);
    if (!state.sameInput && prompt && every(columnId).length === 0) {
      if (!openOwn(columnId, prompt)) return;
    } else if (!state.sameInput && draft.trim() !== "") {
      append({ parent: state.head, user: draft, column: columnId });
      columnStore.setState({ draft: "" });
    } else if (state.sameInput && path().length === 0) {
      if (missingToRun(workspace).length > 0) return;
      open();
    }
    const missing = waiting(columnId);
    await answerTurns(columnId, missing.length > 0 ? missing : every(columnId).slice(-1));
  }

  return {
    async runAll() {
      if (store.getState().running.length > 0 || missingToRun(workspace).length > 0) return;
      hideAgain(workspace);
      await (store.getState().sameInput ? runShared() : runOwn());
    },
    runOne,
    async regenerate(columnId) {
      const last = every(columnId).at(-1);
      if (last) await answerTurns(columnId, [last]);
    },
    async branch(turnId, user, attachments) {
      const turn = store.getState().turns.find(({ id }) => id === turnId);
      if (!turn || store.getState().running.length > 0) return;
      const { attachments: before, ...rest } = turn;
      const files = attachments ?? before;
      append({ ...rest, user, ...(files?.length ? { attachments: files } : {}) });
      await (turn.column ? answerTurns(turn.column, waiting(turn.column)) : answerAll(waiting));
    },
    async runCells(rowIds, columnIds) {
      const before = store.getState();
      // A row that lacks a value would be asked with the variable's name in its place.
      const whole = before.rows.filter((row) => missingInRow(before, row).length === 0).map(({ id }) => id);
      const jobsFor = (columnId: string): Job[] =>
        rowIds
          .filter((id) => whole.includes(id))
          .map((rowId) => ({
            place: rowId,
            call: (column) => {
              const state = store.getState();
              return callForRow(
                state,
                column,
                state.rows.find(({ id }) => id === rowId) ?? { id: rowId, values: {} },
              );
            },
            keep: (answer) =>
              workspace.column(columnId).setState(({ cells }) => ({ cells: { ...cells, [rowId]: answer } })),
          }));
      await Promise.all(columnIds.map((id) => work(id, jobsFor(id), "cells")));
    },
    stop: (columnId) => controllers.get(columnId)?.abort(),
    stopAll: () => {
      for (const controller of controllers.values()) controller.abort();
    },
  };
}
