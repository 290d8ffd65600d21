"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useSend } from "@/components/ui/use-send";
import { type SavedSearch, searchPatch } from "@/lib/audit-log";
import { deleteSearch, refreshSearches, renameSearch, saveSearch } from "@/lib/audit-log/client";

interface SearchRowProps {
  search: SavedSearch;
  editing: boolean;
  onEdit: (on: boolean) => void;
}

/** A saved search: its name to change, and deleting, which can be undone. */
export function SearchRow({ search, editing, onEdit }: SearchRowProps) {
  const client = useQueryClient();
  const { id, name, filter } = search;
  const removal = useSend<void, void>(
    () => deleteSearch(id),
    () => {
      refreshSearches(client);
      const restore = () =>
        saveSearch({ name, filter }).then(
          () => refreshSearches(client),
          () => toast({ message: `${name} could not be brought back.`, tone: "danger" }),
        );
      toast({ message: `${name} is deleted.`, action: { label: "Undo", onAction: () => void restore() } });
    },
  );
  if (editing) return <Rename search={search} onDone={() => onEdit(false)} />;
  return (
    <li className="flex min-h-10 items-center gap-1">
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {removal.error && <span className="text-small text-danger">Not deleted. {removal.error.message}</span>}
      <IconButton icon="pencil" size="sm" label={`Rename ${name}`} onClick={() => onEdit(true)} />
      <IconButton
        icon="trash"
        size="sm"
        label={`Delete ${name}`}
        disabled={removal.busy}
        onClick={() => removal.send()}
      />
    </li>
  );
}

function Rename({ search, onDone }: { search: SavedSearch; onDone: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    schema: searchPatch,
    initial: { name: search.name },
    send: ({ name }) => renameSearch({ id: search.id, name }),
    onDone: () => {
      refreshSearches(client);
      onDone();
    },
  });
  return (
    <li className="flex items-start gap-2 py-1.5">
      <Field
        label={`New name of ${search.name}`}
        hideLabel
        error={form.errorOf("name") ?? form.failure}
        className="flex-1"
      >
        <Input
          autoFocus
          maxLength={80}
          value={form.values.name}
          onChange={(event) => form.set("name", event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            form.submit();
          }}
        />
      </Field>
      <Button onClick={onDone}>Cancel</Button>
      <Button variant="primary" busy={form.busy} onClick={form.submit}>
        Rename
      </Button>
    </li>
  );
}
