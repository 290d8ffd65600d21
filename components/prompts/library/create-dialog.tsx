"use client";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { CreateFields } from "./create-fields";
import { useCreatable } from "./use-creatable";

interface CreateDialogProps {
  /** The one that the list shows: taken where prompts may be made in it. */
  schema: string | undefined;
  onClose: () => void;
}

/** A new prompt with its first version, once it is known where the reader may make one. */
export function CreateDialog({ schema, onClose }: CreateDialogProps) {
  const { schemas, isKnown, error, retry } = useCreatable("", schema);
  if (isKnown && !error) {
    const possible = schemas.filter(({ mayCreate }) => mayCreate).map((each) => each.schema.fullName);
    const first = schema && possible.includes(schema) ? schema : possible[0];
    const wanted = schema ?? schemas[0]?.schema.fullName;
    return <CreateFields first={first} wanted={wanted} onClose={onClose} />;
  }
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title="New prompt">
      {error ? (
        <ErrorState title="The schemas could not be read" error={error} onRetry={retry} />
      ) : (
        <RowsSkeleton rows={6} />
      )}
    </Dialog>
  );
}
