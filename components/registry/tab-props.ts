import type { ModelVersion, RegisteredModel } from "@/lib/registry";
import type { ModelDialog } from "./use-model-dialog";
import type { Viewer } from "./viewer";

/** What every view of a model is given. */
export interface TabProps {
  model: RegisteredModel;
  /** The version that is looked at. */
  version: ModelVersion;
  me: Viewer;
  open: (dialog: ModelDialog) => void;
  onVersion: (number: number) => void;
}
