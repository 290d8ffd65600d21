"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { playgroundFoldersQuery } from "@/lib/playground/client";
import { allFolders, folderOf, folderOptions, folderValue } from "./folder-choice";
import { RenameFolderDialog } from "./rename-folder-dialog";

interface FolderFilterProps {
  value: string;
  onChange: (value: string) => void;
}

/** Which folder is listed; absent as long as there is none. */
export function FolderFilter({ value, onChange }: FolderFilterProps) {
  const { data = [] } = useQuery(playgroundFoldersQuery());
  const [renaming, setRenaming] = useState(false);
  const folder = folderOf(value);
  if (value === allFolders && data.every((count) => count.folder === "")) return null;
  const total = data.reduce((sum, { sessions }) => sum + sessions, 0);
  const options = folderOptions(data);
  // A folder whose last comparison left stays named until another is chosen.
  const gone = options.every((option) => option.value !== value) && folder ? [{ value, label: folder }] : [];
  return (
    <div className="flex items-center gap-1">
      <Select
        label="Folder"
        size="sm"
        value={value}
        onChange={onChange}
        options={[
          { value: allFolders, label: "All folders", detail: total.toLocaleString("en") },
          ...options,
          ...gone,
        ]}
        className="min-w-0 flex-1"
      />
      {folder && (
        <IconButton icon="pencil" size="sm" label={`Rename ${folder}`} onClick={() => setRenaming(true)} />
      )}
      {renaming && folder && (
        <RenameFolderDialog
          folder={folder}
          onClose={() => setRenaming(false)}
          onRenamed={(to) => onChange(folderValue(to))}
        />
      )}
    </div>
  );
}
