"use client";
import type { CatalogObject } from "@/lib/catalog";
import { CreateDialog } from "./create-dialog";
import { DeletePolicyDialog } from "./delete-policy-dialog";
import { DropDialog } from "./drop-dialog";
import { EditDialog } from "./edit-dialog";
import { GrantDialog } from "./grant-dialog";
import { MoveDialog } from "./move-dialog";
import { OwnerDialog } from "./owner-dialog";
import { PolicyDialog } from "./policy-dialog";
import { RenameDialog } from "./rename-dialog";
import { RevokeDialog } from "./revoke-dialog";
import { TagsDialog } from "./tags-dialog";
import type { ObjectDialogState } from "./use-object-dialog";

export interface ObjectDialogsProps {
  object: CatalogObject;
  dialogs: ObjectDialogState;
  onDropped: () => void;
  /** It has another full name, or another object was made. */
  onNamed: (object: CatalogObject) => void;
}

/** The dialog that is open. */
export function OpenDialog({ object, dialogs, onDropped, onNamed }: ObjectDialogsProps) {
  const { dialog, close: onClose } = dialogs;
  switch (dialog?.kind) {
    case "edit":
      return <EditDialog object={object} onClose={onClose} />;
    case "tags":
      return <TagsDialog object={object} part={dialog.column ?? ""} onClose={onClose} />;
    case "rename":
      return <RenameDialog object={object} onClose={onClose} onNamed={onNamed} />;
    case "move":
      return <MoveDialog object={object} onClose={onClose} onNamed={onNamed} />;
    case "owner":
      return <OwnerDialog object={object} onClose={onClose} />;
    case "drop":
      return <DropDialog object={object} onClose={onClose} onDropped={onDropped} />;
    case "create":
      return <CreateDialog what={dialog.what} parent={object} onClose={onClose} onMade={onNamed} />;
    case "policy":
      return <PolicyDialog object={object} policy={dialog.policy} onClose={onClose} />;
    case "delete policy":
      return <DeletePolicyDialog policy={dialog.policy} onClose={onClose} />;
    case "grant":
      return <GrantDialog objects={dialog.objects} onClose={onClose} />;
    case "revoke":
      return (
        <RevokeDialog
          object={object}
          principal={dialog.principal}
          privileges={dialog.privileges}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}
