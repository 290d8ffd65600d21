import { createStore } from "zustand/vanilla";
import { toast } from "@/components/ui/toaster";
import { costOf } from "@/lib/gateway";
import type { PlaygroundSession } from "@/lib/playground";
import {
  type Beginning,
  browserRun,
  createWorkspace,
  type Draft,
  dropDraft,
  forgetOthers,
  formatModelRef,
  gatewayRun,
  keepDraft,
  laterRunner,
  localId,
  type ModelChoice,
  newColumn,
  openDraft,
  openSession,
  readDraft,
  reportBrowserAnswer,
  savePort,
  startSaving,
  takeUnsaved,
  type Workspace,
} from "@/lib/playground/client";
import { newView, type Session, type View } from "./session";

/** One for the tab: what is open beside the work stays open when another comparison is. */
const view = createStore<View>(() => newView);

function start(workspace: Workspace, owner: string): Session {
  let known: readonly ModelChoice[] = [];
  const runner = laterRunner(
    workspace,
    {
      engines: { browser: browserRun, server: gatewayRun, remote: gatewayRun },
      costOf: (column, inputTokens, outputTokens, cachedTokens) => {
        const price = known.find(({ key }) => key === formatModelRef(column))?.price;
        return costOf(price, inputTokens, outputTokens, cachedTokens);
      },
      onBrowserAnswer: (answer, call) => {
        // Words of a browser run leave it only where one asked that they be kept.
        reportBrowserAnswer(answer, call, workspace.store.getState().asked).catch((error: Error) =>
          toast({ tone: "danger", message: `The run in this browser was not recorded. ${error.message}` }),
        );
      },
    },
    () =>
      toast({ tone: "danger", message: "This page is out of date. Load it again; what you wrote stays." }),
  );
  const saver = startSaving(workspace, savePort);
  const stopKeeping = keepDraft(workspace, sessionStorage, owner);
  return {
    workspace,
    runner,
    saver,
    view,
    know(choices) {
      known = choices;
    },
    close() {
      runner.stopAll();
      saver.stop();
      stopKeeping();
    },
  };
}

const idOf = ({ workspace }: Session) => workspace.store.getState().id;

/** The comparisons that are open in this tab. They outlive the page, so that a run goes on while one looks elsewhere. */
class OpenSessions {
  readonly owner: string;
  private unsaved: Session | null = null;
  private readonly saved = new Set<Session>();
  private replaced: Draft | null = null;

  constructor(owner: string) {
    this.owner = owner;
    forgetOthers(sessionStorage, owner);
  }

  /** The one without an address of its own, as this tab last had it. */
  findUnsaved(): Session | null {
    if (this.unsaved) return this.unsaved;
    const draft = takeUnsaved(sessionStorage, this.owner);
    if (draft) this.unsaved = start(openDraft(draft), this.owner);
    return this.unsaved;
  }

  /** A new one in place of the one without an address, which `undoBegin` brings back. */
  begin({ columns, prompt, values }: Beginning, message: string): Session {
    this.unsaved?.close();
    this.replaced = readDraft(sessionStorage, this.owner, null);
    dropDraft(sessionStorage, this.owner, null);
    const made = columns.map(({ model, engine, prompt: own }) => ({
      ...newColumn(model, engine),
      ...(own ? { prompt: own } : {}),
    }));
    this.unsaved = start(
      createWorkspace({
        columns: made,
        prompt,
        values,
        messages: [{ id: localId(), role: "user", text: message }],
      }),
      this.owner,
    );
    return this.unsaved;
  }

  undoBegin(): void {
    if (!this.replaced) return;
    this.unsaved?.close();
    this.unsaved = start(openDraft(this.replaced), this.owner);
    this.replaced = null;
  }

  findSaved(id: string): Session | null {
    if (this.unsaved && idOf(this.unsaved) === id) {
      this.saved.add(this.unsaved);
      this.unsaved = null;
    }
    // Not a map: saved as a new one, a session takes another id.
    return [...this.saved].find((session) => idOf(session) === id) ?? null;
  }

  /** A saved one as the server has it, with what this tab had changed on top. */
  open(session: PlaygroundSession): Session {
    for (const other of this.saved) this.closeIfIdle(other);
    if (readDraft(sessionStorage, this.owner, null)?.id === session.id)
      takeUnsaved(sessionStorage, this.owner);
    const draft = readDraft(sessionStorage, this.owner, session.id);
    const workspace = draft?.changed ? openDraft(draft) : openSession(session);
    if (draft?.changed && draft.version !== session.version) {
      workspace.store.setState({ save: { kind: "conflict", current: session } });
    }
    const opened = start(workspace, this.owner);
    this.saved.add(opened);
    return opened;
  }

  /** Forgets a session that was deleted. */
  drop(id: string): void {
    const session = this.findSaved(id);
    session?.close();
    if (session) this.saved.delete(session);
    dropDraft(sessionStorage, this.owner, id);
  }

  private closeIfIdle(session: Session): void {
    const { id, running, save } = session.workspace.store.getState();
    if (id === null || running.length > 0 || save.kind !== "saved") return;
    this.drop(id);
  }
}

let open: OpenSessions | null = null;

/** The open comparisons of who is signed in; signing out loads the page anew and closes them. */
export function openSessions(owner: string): OpenSessions {
  if (open?.owner !== owner) open = new OpenSessions(owner);
  return open;
}
