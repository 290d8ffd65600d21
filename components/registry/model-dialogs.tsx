"use client";
import dynamic from "next/dynamic";
import type { ModelAlias, RegisteredModel } from "@/lib/registry";
import type { ModelDialogState } from "./use-model-dialog";
import type { Viewer } from "./viewer";

const AddVersionDialog = dynamic(() => import("./add-version-dialog").then((it) => it.AddVersionDialog));
const ArchiveDialog = dynamic(() => import("./archive-dialog").then((it) => it.ArchiveDialog));
const DecideDialog = dynamic(() => import("./decide-dialog").then((it) => it.DecideDialog));
const DeleteDialog = dynamic(() => import("./delete-dialog").then((it) => it.DeleteDialog));
const DeprecateDialog = dynamic(() => import("./deprecate-dialog").then((it) => it.DeprecateDialog));
const EditDialog = dynamic(() => import("./edit-dialog").then((it) => it.EditDialog));
const LicenseDialog = dynamic(() => import("./license-dialog").then((it) => it.LicenseDialog));
const MoveAliasDialog = dynamic(() => import("./move-alias-dialog").then((it) => it.MoveAliasDialog));
const RecordMetricDialog = dynamic(() =>
  import("./record-metric-dialog").then((it) => it.RecordMetricDialog),
);
const RemoveAliasDialog = dynamic(() => import("./remove-alias-dialog").then((it) => it.RemoveAliasDialog));
const RequestDialog = dynamic(() => import("./request-dialog").then((it) => it.RequestDialog));
const VersionTagsDialog = dynamic(() => import("./version-tags-dialog").then((it) => it.VersionTagsDialog));

interface ModelDialogsProps {
  model: RegisteredModel;
  me: Viewer;
  dialogs: ModelDialogState;
  /** The model is gone. */
  onDeleted: () => void;
}

/** Whichever dialog is open over a model's page; its code is fetched when it is. */
export function ModelDialogs({ model, me, dialogs, onDeleted }: ModelDialogsProps) {
  const { dialog, close, open } = dialogs;
  if (!dialog) return null;
  const shared = { model, onClose: close };
  if (dialog.kind === "edit") return <EditDialog {...shared} me={me} />;
  if (dialog.kind === "add-version") return <AddVersionDialog {...shared} />;
  if (dialog.kind === "import-version") return <ArchiveDialog target={model} onClose={close} />;
  if (dialog.kind === "deprecate-model") return <DeprecateDialog {...shared} />;
  const onMove = (alias: ModelAlias) => open({ kind: "move-alias", alias });
  if (dialog.kind === "delete-model")
    return <DeleteDialog {...shared} onMove={onMove} onDeleted={onDeleted} />;
  if (dialog.kind === "move-alias")
    return <MoveAliasDialog {...shared} alias={dialog.alias} version={dialog.version} />;
  if (dialog.kind === "remove-alias") return <RemoveAliasDialog {...shared} alias={dialog.alias} />;
  const version = model.versions.find(({ number }) => number === dialog.version);
  if (!version) return null;
  if (dialog.kind === "version-tags") return <VersionTagsDialog {...shared} version={version} />;
  if (dialog.kind === "deprecate-version") return <DeprecateDialog {...shared} version={version} />;
  if (dialog.kind === "delete-version")
    return <DeleteDialog {...shared} version={version} onMove={onMove} onDeleted={close} />;
  if (dialog.kind === "record-metric") return <RecordMetricDialog {...shared} version={version} />;
  if (dialog.kind === "license") return <LicenseDialog {...shared} version={version} />;
  if (dialog.kind === "request") return <RequestDialog {...shared} version={version} />;
  return <DecideDialog {...shared} version={version} me={me} />;
}
